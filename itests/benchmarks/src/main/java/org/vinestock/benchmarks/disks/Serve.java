package org.vinestock.benchmarks.disks;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.vinestock.dataplane.engine.block.BlockDevice;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.image.Images;
import org.vinestock.dataplane.engine.nbd.Export;
import org.vinestock.dataplane.engine.nbd.Exports;
import org.vinestock.dataplane.engine.nbd.NbdServer;

/** Serves one image until it is told to end: {@code SOCKET IMAGE FORMAT}. */
public final class Serve {
    private Serve() {}

    /** Serves. */
    public static void main(String[] arguments) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ended.countDown();
            try {
                main.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        try (IoThreads threads = new IoThreads("vinestock-block", 8);
                BlockDevice device = Images.open(Path.of(arguments[1]), arguments[2], true, threads)) {
            Exports exports = new Exports();
            exports.add(Export.of("disk", device, true));
            try (NbdServer server = new NbdServer(exports)) {
                server.listen(Path.of(arguments[0]));
                ended.await();
            }
        }
    }
}

package org.vinestock.dataplane.engine.nbd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.vinestock.dataplane.engine.block.DirtyBitmap;

/** A server on a socket of its own, for a test. */
final class Serving implements AutoCloseable {
    static final ServerLimits SHORT =
            new ServerLimits(8, Duration.ofSeconds(3), Duration.ofSeconds(2), Duration.ofNanos(200_000));

    final Exports exports = new Exports();
    final List<String> log = new CopyOnWriteArrayList<>();
    final NbdServer server = new NbdServer(exports, SHORT, null, false, log::add);
    final Path socket;

    Serving() throws IOException {
        // Paths of sockets are short, those of test folders are not.
        socket = Files.createTempDirectory("nbd").resolve("s");
        server.listen(socket);
    }

    Serving(MemoryDevice device) throws IOException {
        this();
        exports.add(Export.of("disk", device, true));
    }

    Export full(String name, MemoryDevice device, Map<String, DirtyBitmap> bitmaps) {
        Export export = new Export(name, "a disk", device, true, true, false, bitmaps, new Traffic(device.size()));
        exports.add(export);
        return export;
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.delete(socket);
        Files.delete(socket.getParent());
    }
}

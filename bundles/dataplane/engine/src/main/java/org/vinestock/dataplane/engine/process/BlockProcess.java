package org.vinestock.dataplane.engine.process;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.nbd.Exports;
import org.vinestock.dataplane.engine.nbd.NbdServer;
import org.vinestock.dataplane.engine.nbd.ServerLimits;

/**
 * The process that serves a host's disks. In its folder: {@code journal}, {@code nbd.sock} for guests, {@code control.sock}
 * for orders, {@code log.0} and {@code log.1}, and {@code lock}, which one process holds at a time.
 *
 * <p>It opens what the journal names, listens, and takes orders until it is told to drain or gets a SIGTERM; both end
 * requests in flight, make all durable and leave the journal as it is. Status 0 means that it is not to be started again.
 */
public final class BlockProcess {
    private static final int SESSIONS = 16;

    /** How many images are worked on at once. */
    private static final int WORKS = 4;

    /** Nobody to give orders and nothing to serve for so long: it ends, and whoever needs it starts it again. */
    private static final int IDLE_LOOKS = 12;

    private static final int IDLE_LOOK_SECONDS = 10;
    private static final int LOG_BYTES = 1 << 20;
    private static final int IO_THREADS = 8;
    private static final long LOCK_MILLIS = 10_000;

    private final Logger logger = Logger.getLogger("");
    private final Exports exports = new Exports();
    private final IoThreads threads = new IoThreads("vinestock-block-io", IO_THREADS);
    private final NbdServer server;
    private final Disks disks;
    private final ImageDesk images;
    private final String product;
    private final Advice advice = new Advice();
    private final Semaphore works = new Semaphore(WORKS);
    private final Semaphore sessions = new Semaphore(SESSIONS);
    private final CountDownLatch ended = new CountDownLatch(1);

    private BlockProcess(Path folder) throws IOException {
        FileHandler handler = new FileHandler(folder + "/log.%g", LOG_BYTES, 2, true);
        handler.setFormatter(new SimpleFormatter());
        LogManager.getLogManager().reset();
        logger.addHandler(handler);
        server = new NbdServer(exports, ServerLimits.USUAL, null, false, this::log);
        Uses uses = new Uses();
        disks = new Disks(new Journal(folder.resolve("journal")), server, exports, threads, uses, this::log);
        images = new ImageDesk(
                uses, new Parts(folder.resolve("parts"), this::log), new IoThreads("vinestock-block-image", WORKS));
        product = System.getProperty(Launch.PRODUCT, "");
    }

    /** With the folder as its only argument. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        try (FileChannel file =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock(file);
            new BlockProcess(folder).run(folder);
        }
        // Threads of the JDK's own must not keep the process.
        System.exit(0);
    }

    /** The process before may take a moment to end. The lock goes with the channel. */
    private static void lock(FileChannel file) throws IOException, InterruptedException {
        for (long waited = 0; waited < LOCK_MILLIS; waited += 20) {
            if (file.tryLock() != null) {
                return;
            }
            Thread.sleep(20);
        }
        throw new IOException("another process serves from this folder");
    }

    private void run(Path folder) throws IOException, InterruptedException {
        listen(folder.resolve("nbd.sock"));
        try (ServerSocketChannel control = bind(folder.resolve("control.sock"))) {
            start("vinestock-block-advice", advice);
            start("vinestock-block-control", () -> accept(control));
            Runtime.getRuntime().addShutdownHook(new Thread(this::close, "vinestock-block-end"));
            try {
                Launch.removeOthers(folder, product);
            } catch (IOException e) {
                log("what other versions ran from was not removed: " + e);
            }
            log("serves from " + folder + ", process " + ProcessHandle.current().pid());
            int idle = 0;
            while (!ended.await(IDLE_LOOK_SECONDS, TimeUnit.SECONDS) && idle < IDLE_LOOKS) {
                boolean needed = sessions.availablePermits() < SESSIONS || disks.servesAny();
                idle = needed ? 0 : idle + 1;
            }
            close();
        }
    }

    /** By what whoever started the process listens already, as its standard input, if so: then nobody is refused between two. */
    private void listen(Path socket) throws IOException {
        if (System.inheritedChannel() instanceof ServerSocketChannel listener) {
            server.listen(listener);
        } else {
            server.listen(socket);
        }
    }

    private static ServerSocketChannel bind(Path socket) throws IOException {
        Path beside = socket.resolveSibling(socket.getFileName() + ".new");
        Files.deleteIfExists(beside);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(beside));
        Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-------"));
        Files.move(beside, socket, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return listener;
    }

    private void accept(ServerSocketChannel control) {
        while (control.isOpen()) {
            try {
                SocketChannel socket = control.accept();
                if (sessions.tryAcquire()) {
                    start("vinestock-block-session", () -> {
                        try {
                            new Session(this, new Frames(socket)).run();
                        } finally {
                            sessions.release();
                        }
                    });
                } else {
                    log("a session is turned away: " + SESSIONS + " are here");
                    socket.close();
                }
            } catch (IOException e) {
                log("no session is accepted: " + e.getMessage());
            }
        }
    }

    static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void close() {
        try {
            disks.close();
        } catch (IOException e) {
            log("not all could be closed: " + e);
        }
    }

    // For sessions

    Disks disks() {
        return disks;
    }

    Advice advice() {
        return advice;
    }

    ImageDesk images() {
        return images;
    }

    /** How many images more may be worked on now. */
    Semaphore works() {
        return works;
    }

    /** Which version of the product this process is of; whoever started it said so. */
    String product() {
        return product;
    }

    void log(String line) {
        logger.log(Level.INFO, line);
    }

    /** All is closed; the process may go. */
    void end() {
        ended.countDown();
    }

    Map<String, @Nullable Object> stats() {
        Runtime runtime = Runtime.getRuntime();
        Map<String, @Nullable Object> stats = new LinkedHashMap<>();
        stats.put("pid", ProcessHandle.current().pid());
        stats.put("product", product);
        stats.put("clients", (long) server.clients());
        stats.put("heapBytes", runtime.totalMemory() - runtime.freeMemory());
        stats.put("heapMostBytes", runtime.maxMemory());
        stats.put("exports", disks.traffic());
        return stats;
    }

    /** Sends summaries of traffic until that fails. */
    void watch(Frames frames, long millis) {
        start("vinestock-block-watch", () -> {
            try {
                while (true) {
                    frames.send(Map.of("event", "traffic", "exports", disks.traffic()));
                    Thread.sleep(millis);
                }
            } catch (IOException | InterruptedException e) {
                // Nobody watches any more.
            }
        });
    }
}

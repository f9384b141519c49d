package org.vinestock.benchmarks.disk;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.process.Frames;
import org.vinestock.dataplane.engine.process.Launch;

/** A server of one disk, as a process. */
final class Server implements AutoCloseable {
    private static final int TRIES = 500;
    private static final String EXPORT = "disk";

    final String name;
    final long pid;
    final String uri;
    private final @Nullable Process process;
    private final @Nullable Frames control;

    private Server(String name, long pid, Path socket, @Nullable Process process, @Nullable Frames control) {
        this.name = name;
        this.pid = pid;
        this.uri = "nbd+unix:///" + EXPORT + "?socket=" + socket;
        this.process = process;
        this.control = control;
    }

    /** Ours: the block process, as the container starts it. */
    static Server ours(Path folder, Path file, String format) throws Exception {
        Launch launch = new Launch(
                folder, List.of(place(Launch.class), place("com.sun.jna.Native"), place("com.github.luben.zstd.Zstd")));
        launch.start();
        Frames frames = connect(launch.controlSocket());
        Map<String, @Nullable Object> greeting = frames.receive().orElseThrow();
        frames.send(Map.of("version", 2L, "epoch", 1L, "holder", "benchmark"));
        Map<String, @Nullable Object> agreed = frames.receive().orElseThrow();
        if (agreed.get("error") != null || !(greeting.get("pid") instanceof Long pid)) {
            throw new IOException(greeting + " " + agreed);
        }
        frames.send(Map.of(
                "id",
                1L,
                "request",
                "serve",
                "name",
                EXPORT,
                "format",
                format,
                "chain",
                List.of(file.toString()),
                "writable",
                true));
        Map<String, @Nullable Object> served = frames.receive().orElseThrow();
        if (served.get("error") != null) {
            throw new IOException(String.valueOf(served));
        }
        return new Server("ours", pid, launch.nbdSocket(), null, frames);
    }

    private static Frames connect(Path socket) throws IOException, InterruptedException {
        for (int i = 0; ; i++) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return new Frames(channel);
            } catch (IOException e) {
                channel.close();
                if (i == TRIES) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    private static Path place(String type) throws Exception {
        return place(Class.forName(type));
    }

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    static Server nbdkit(Path folder, Path file) throws Exception {
        Path socket = folder.resolve("nbdkit.sock");
        return peer("nbdkit", socket, "nbdkit", "-f", "-U", socket.toString(), "-e", EXPORT, "file", file.toString());
    }

    static Server qemuNbd(Path folder, Path file, String format) throws Exception {
        Path socket = folder.resolve("qemu-nbd.sock");
        return peer(
                "qemu-nbd",
                socket,
                "qemu-nbd",
                "-t",
                "-e",
                "16",
                "-k",
                socket.toString(),
                "-x",
                EXPORT,
                "-f",
                format,
                "--discard=unmap",
                file.toString());
    }

    private static Server peer(String name, Path socket, String... command) throws Exception {
        Files.deleteIfExists(socket);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        for (int i = 0; i < TRIES && !Files.exists(socket); i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return new Server(name, process.pid(), socket, process, null);
    }

    /** All is durable when this returns. */
    @Override
    public void close() throws IOException {
        if (control != null) {
            control.send(Map.of("id", 2L, "request", "drain"));
            control.receive();
            control.close();
        }
        if (process != null) {
            process.destroy();
            process.onExit().join();
        }
    }
}

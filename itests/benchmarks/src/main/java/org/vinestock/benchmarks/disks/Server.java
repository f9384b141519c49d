package org.vinestock.benchmarks.disks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of NBD that runs as a process of its own and serves one image. */
final class Server implements AutoCloseable {
    private static final long TICKS_A_SECOND = 100;
    private static final long START_SECONDS = 30;

    final String name;
    private final Process process;
    private final Path socket;
    private final String export;

    private Server(String name, Path socket, String export, List<String> command) throws Exception {
        this.name = name;
        this.socket = socket;
        this.export = export;
        Files.deleteIfExists(socket);
        this.process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!Files.exists(socket)) {
            if (!process.isAlive() || System.nanoTime() > limit) {
                process.destroyForcibly();
                throw new IOException(name + " did not start: " + String.join(" ", command));
            }
            Thread.sleep(10);
        }
    }

    /** Ours, with the memory that the block process gets. */
    static Server ours(Path socket, Path image, String format) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms16m",
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:MaxDirectMemorySize=128m",
                "-XX:ReservedCodeCacheSize=32m",
                "-XX:MaxMetaspaceSize=48m",
                "-Xss512k",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Serve.class.getName()));
        command.addAll(List.of(socket.toString(), image.toString(), format));
        return new Server("vinestock", socket, "disk", command);
    }

    static Server qemuNbd(Path socket, Path image, String format) throws Exception {
        return new Server(
                "qemu-nbd",
                socket,
                "",
                List.of(
                        "qemu-nbd",
                        "-t",
                        "-e",
                        "16",
                        "--cache=writeback",
                        "-k",
                        socket.toString(),
                        "-f",
                        format,
                        image.toString()));
    }

    static Server nbdkit(Path socket, Path image) throws Exception {
        return new Server(
                "nbdkit", socket, "", List.of("nbdkit", "-f", "-U", socket.toString(), "file", image.toString()));
    }

    String uri() {
        return "nbd+unix:///" + export + "?socket=" + socket;
    }

    /** What the process has used of the processors so far, in seconds. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_A_SECOND;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

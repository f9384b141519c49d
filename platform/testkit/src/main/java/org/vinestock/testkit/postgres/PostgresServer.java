package org.vinestock.testkit.postgres;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server that a test starts and stops, on a free port of the loopback interface, with a cluster of its own
 * in a folder of its own. Unless it is told to, it does not wait for the disk: what it acknowledged survives the end of its
 * process, not of the machine. Everybody may log in as {@code postgres}. Needs Debian's package {@code postgresql}; if root
 * starts it, it runs as the user {@code postgres} of that package.
 */
public final class PostgresServer implements AutoCloseable {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final long SECONDS = 60;

    private final Path programs;
    private final Path folder;
    private final int port;
    private final boolean waitsForDisk;

    private PostgresServer(Path programs, Path folder, int port, boolean waitsForDisk) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
        this.waitsForDisk = waitsForDisk;
    }

    /** Returns the folder of the newest server's programs; empty if none is installed. */
    public static Optional<Path> programs() {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a cluster and starts a server; waits until it answers. */
    public static PostgresServer start() {
        return start(false);
    }

    /** The same; {@code waitsForDisk}: what it acknowledges survives the end of the machine, as a server's usually does. */
    public static PostgresServer start(boolean waitsForDisk) {
        Path programs = programs()
                .orElseThrow(() -> new IllegalStateException(
                        "no PostgreSQL server in " + VERSIONS + "; apt-get install postgresql"));
        try {
            Path folder = Files.createTempDirectory("vinestock-postgres");
            if (root()) {
                call(List.of("chown", "postgres", folder.toString()));
            }
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            PostgresServer server = new PostgresServer(programs, folder, port, waitsForDisk);
            server.program("initdb", "-D", server.data(), "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8");
            server.begin();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the server again after {@link #kill} or {@link #stop}. */
    public void begin() {
        program(
                "pg_ctl",
                "-D",
                data(),
                "-w",
                "-l",
                folder.resolve("log").toString(),
                "-o",
                "-p " + port + " -c fsync=" + (waitsForDisk ? "on" : "off")
                        + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + folder,
                "start");
    }

    /** Ends all of the server's processes by {@code kill -9}. */
    public void crash() {
        List<ProcessHandle> all = processes();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    /** Lets the server hang: it holds its connections and answers nothing until {@link #thaw}. */
    public void freeze() {
        processes().forEach(process -> call(List.of("kill", "-STOP", String.valueOf(process.pid()))));
    }

    /** Lets it go on. */
    public void thaw() {
        processes().forEach(process -> call(List.of("kill", "-CONT", String.valueOf(process.pid()))));
    }

    private List<ProcessHandle> processes() {
        try {
            String pid = Files.readAllLines(folder.resolve("data").resolve("postmaster.pid"))
                    .get(0);
            Optional<ProcessHandle> server = ProcessHandle.of(Long.parseLong(pid.strip()));
            List<ProcessHandle> all = new ArrayList<>(server.stream().toList());
            server.ifPresent(process -> all.addAll(process.descendants().toList()));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the server without asking its sessions or writing what it has in memory. */
    public void kill() {
        program("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop");
    }

    /** Ends the server and its sessions in order. */
    public void stop() {
        program("pg_ctl", "-D", data(), "-m", "fast", "-w", "stop");
    }

    /** Makes a database and returns its JDBC address. */
    public String database(String name) {
        program("createdb", "-h", "127.0.0.1", "-p", String.valueOf(port), "-U", "postgres", name);
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=postgres";
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void program(String name, String... arguments) {
        List<String> command = new ArrayList<>();
        if (root()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(programs.resolve(name).toString());
        command.addAll(List.of(arguments));
        call(command);
    }

    private static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    private static void call(List<String> command) {
        try {
            File output = File.createTempFile("vinestock-postgres", ".log"); // a server keeps a pipe open
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output)
                    .directory(new File("/"))
                    .start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            String said = Files.readString(output.toPath(), StandardCharsets.UTF_8);
            Files.delete(output.toPath());
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(String.join(" ", command) + " failed: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Stops the server and deletes its cluster. */
    @Override
    public void close() {
        try {
            kill();
        } catch (IllegalStateException e) {
            // It was stopped already.
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

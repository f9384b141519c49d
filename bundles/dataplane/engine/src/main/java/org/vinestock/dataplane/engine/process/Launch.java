package org.vinestock.dataplane.engine.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts a block process that outlives whoever starts it: in a session of its own, from its own copies of the jars, under a
 * loop of the shell that starts it again when it dies. The loop costs a megabyte, which a JVM that does the same would take
 * forty times.
 */
public final class Launch {
    /** System property of the process: the version of the product that started it. */
    static final String PRODUCT = "vinestock.product";

    private static final String LIBRARY = "lib";

    private final Path folder;
    private final List<Path> jars;
    private final String product;

    /**
     * @param folder of the process, made if it is not there, for this user only; sockets in it must not be longer than 107 bytes
     * @param jars the engine's and those that it needs, or folders of classes, which are not copied
     */
    public Launch(Path folder, List<Path> jars) {
        this(folder, jars, "");
    }

    /**
     * With a version of the product, which the process then says.
     *
     * @param product of which the jars are
     */
    public Launch(Path folder, List<Path> jars, String product) {
        this.folder = folder.toAbsolutePath();
        this.jars = List.copyOf(jars);
        this.product = product;
    }

    /** Starts it; returns at once. One that serves from this folder already goes on, and this one ends. */
    public void start() throws IOException {
        start(prepare());
    }

    /** Each version has a folder of its own, so that none that runs, or is started again, gets another one's code. */
    private static String library(String product) {
        return LIBRARY + "-" + (product.isEmpty() ? "unnamed" : product);
    }

    /** Removes what other versions ran from; called by the only process that runs here. */
    static void removeOthers(Path folder, String product) throws IOException {
        try (DirectoryStream<Path> libraries = Files.newDirectoryStream(folder, LIBRARY + "-*")) {
            for (Path library : libraries) {
                if (!library.endsWith(library(product))) {
                    try (DirectoryStream<Path> files = Files.newDirectoryStream(library)) {
                        for (Path file : files) {
                            Files.delete(file);
                        }
                    }
                    Files.delete(library);
                }
            }
        }
    }

    /** Copies what it is started from. A process of a former version runs on from its own copies. */
    public List<String> prepare() throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Path lib = Files.createDirectories(folder.resolve(library(product)));
        List<String> path = new ArrayList<>();
        for (Path jar : jars) {
            if (Files.isDirectory(jar)) {
                path.add(jar.toString());
            } else {
                Path copy = lib.resolve(jar.getFileName());
                copy(jar, copy);
                path.add(copy.toString());
            }
        }
        Path script = folder.resolve("supervise.new");
        try (var in = Launch.class.getResourceAsStream("supervise.sh")) {
            if (in == null) {
                throw new IOException("supervise.sh is not in the jar");
            }
            Files.writeString(script, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        name(lib);
        // A loop that runs reads its script on: it keeps the former file.
        Files.move(
                script,
                folder.resolve("supervise"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        return path;
    }

    /** One that was copied half is never run; one that was copied before is of the same version, and clients may be waiting. */
    private void copy(Path jar, Path copy) throws IOException {
        if (!product.isEmpty() && Files.exists(copy) && Files.size(copy) == Files.size(jar)) {
            return;
        }
        Path beside = copy.resolveSibling(copy.getFileName() + ".new");
        Files.copy(jar, beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** {@code lib} is the newest, for a unit of systemd. */
    private void name(Path lib) throws IOException {
        Path beside = folder.resolve(LIBRARY + ".new");
        Files.deleteIfExists(beside);
        Files.createSymbolicLink(beside, lib.getFileName());
        Files.move(
                beside, folder.resolve(LIBRARY), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Starts it from what was prepared. */
    public void start(List<String> path) throws IOException {
        Path script = folder.resolve("supervise");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        new ProcessBuilder(
                        "setsid",
                        "--fork",
                        "sh",
                        script.toString(),
                        folder.toString(),
                        java,
                        String.join(":", path),
                        product)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Where guests find their disks. */
    public Path nbdSocket() {
        return folder.resolve("nbd.sock");
    }

    /** Where orders are taken. */
    public Path controlSocket() {
        return folder.resolve("control.sock");
    }
}

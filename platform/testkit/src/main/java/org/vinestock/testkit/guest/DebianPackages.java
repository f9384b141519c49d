package org.vinestock.testkit.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Debian's packages, downloaded and unpacked but not installed: that needs no root, but lists that apt knows. */
final class DebianPackages {
    private static final long SECONDS = 300;

    private DebianPackages() {}

    /** The package with a prefix that another one depends on, such as the newest kernel. */
    static String dependency(String of, String prefix) throws IOException {
        String depends = run(Path.of("/"), List.of("apt-cache", "depends", "--important", of));
        return depends.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("Depends: " + prefix))
                .map(line -> line.substring("Depends: ".length()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("apt knows no " + of + ": run apt-get update"));
    }

    /** Downloads packages into a folder and returns the folder into which they are unpacked, one over the other. */
    static Path unpacked(Path folder, List<String> names) throws IOException {
        Path archives = Files.createDirectory(folder.resolve("archives"));
        List<String> download = new ArrayList<>(List.of("apt-get", "download", "-q"));
        download.addAll(names);
        run(archives, download);
        Path into = Files.createDirectory(folder.resolve("unpacked"));
        List<Path> all;
        try (Stream<Path> files = Files.list(archives)) {
            all = files.sorted().toList();
        }
        for (Path each : all) {
            run(archives, List.of("dpkg-deb", "-x", each.toString(), into.toString()));
        }
        return into;
    }

    private static String run(Path folder, List<String> command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "test guests are made of Debian's packages, which needs apt-get and dpkg", e);
        }
        try {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed; run apt-get update: " + said);
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(String.join(" ", command) + " was interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}

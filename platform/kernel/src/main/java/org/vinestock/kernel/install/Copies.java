package org.vinestock.kernel.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The copies of plugins' jars, by name and digest: what a file held before it was overwritten is still there. */
final class Copies {
    private static final int DIGITS = 12;

    private final Path folder;

    /** Makes the folder if it is not there. */
    Copies(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    Path of(String file, String digest) {
        String base = file.endsWith(".jar") ? file.substring(0, file.length() - 4) : file;
        return folder.resolve(base + "-" + digest.substring(0, DIGITS) + ".jar");
    }

    /** Writes one, whole or not at all. */
    void write(PluginJar jar) throws IOException {
        Path copy = of(jar.name(), jar.digest());
        Path half = copy.resolveSibling(copy.getFileName() + ".half");
        Files.write(half, jar.bytes());
        Files.move(half, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    void delete(String file, String digest) throws IOException {
        Files.deleteIfExists(of(file, digest));
    }
}

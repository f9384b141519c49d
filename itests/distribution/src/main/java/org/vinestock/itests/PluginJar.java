package org.vinestock.itests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A plugin's jar as {@code itests/vendor} made it, with other headers if a test wants them. */
public final class PluginJar {
    private static final Path VENDOR =
            Path.of(FrontDoor.property("vinestock.vendor")).normalize();

    private final Path built;
    private final SortedMap<String, String> headers = new TreeMap<>();
    private final SortedMap<String, String> texts = new TreeMap<>();

    private PluginJar(Path built) {
        this.built = built;
    }

    /** A vendor's good one: acme 1.0. */
    public static PluginJar acme() {
        return new PluginJar(built("acme/target", "com.acme.placement-", ""));
    }

    /** One of those that misbehave, such as {@code stuck}; see {@code itests/vendor/bad/bnd}. */
    public static PluginJar bad(String name) {
        return new PluginJar(built("bad/target", "", "-" + name));
    }

    /** A vendor's provider of the whole area placement; no plugin, but a bundle. */
    public static PluginJar otherPlacement() {
        return new PluginJar(built("other-placement/target", "com.example.other-placement-", ""));
    }

    private static Path built(String folder, String begin, String end) {
        try (Stream<Path> files = Files.list(VENDOR.resolve(folder))) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith(begin) && name.endsWith(end + ".jar");
                    })
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalStateException("there is no jar " + begin + "*" + end + " in " + folder));
        } catch (IOException e) {
            throw new UncheckedIOException("build itests/vendor first", e);
        }
    }

    /** Gives it another value of a header of its manifest. */
    public PluginJar with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** Replaces a text in its manifest and in the descriptions of its components. */
    public PluginJar replacing(String text, String by) {
        texts.put(text, by);
        return this;
    }

    private String replaced(String text) {
        String changed = text;
        for (Map.Entry<String, String> each : texts.entrySet()) {
            changed = changed.replace(each.getKey(), each.getValue());
        }
        return changed;
    }

    /** Writes it, below {@code folder}, and returns the file; the same makes the same bytes. */
    public Path as(Path folder, String name) {
        Path file = folder.resolve(name);
        try (JarInputStream from = new JarInputStream(Files.newInputStream(built))) {
            Manifest manifest = from.getManifest();
            manifest.getMainAttributes().replaceAll((header, value) -> replaced(value.toString()));
            headers.forEach(manifest.getMainAttributes()::putValue);
            try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(file))) {
                to.putNextEntry(entry(JarFile.MANIFEST_NAME));
                manifest.write(to);
                for (JarEntry entry = from.getNextJarEntry(); entry != null; entry = from.getNextJarEntry()) {
                    to.putNextEntry(entry(entry.getName()));
                    byte[] bytes = from.readAllBytes();
                    to.write(
                            entry.getName().startsWith("OSGI-INF/")
                                    ? replaced(new String(bytes, UTF_8)).getBytes(UTF_8)
                                    : bytes);
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("could not write " + file, e);
        }
    }

    private static JarEntry entry(String name) {
        JarEntry entry = new JarEntry(name);
        entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        return entry;
    }
}

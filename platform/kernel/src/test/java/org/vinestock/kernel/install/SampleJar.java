package org.vinestock.kernel.install;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.vinestock.kernel.install.vendor.SampleActivator;

/** Makes plugins' jars. */
final class SampleJar {
    private final Map<String, String> headers = new TreeMap<>();

    /** A good one of a version. */
    SampleJar(String version) {
        with("Bundle-ManifestVersion", "2");
        with("Bundle-SymbolicName", "com.example.sample");
        with("Bundle-Version", version + ".0");
        with("Bundle-Activator", SampleActivator.class.getName());
        with("Import-Package", "org.osgi.framework,org.vinestock.decision,org.vinestock.kernel.install.sample");
        with("Provide-Capability", "vinestock.strategy;point=\"sample.toss\";strategy=sample");
        with("Sample-Answer", "heads");
    }

    SampleJar with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    SampleJar without(String header) {
        headers.remove(header);
        return this;
    }

    Path as(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(entry(JarFile.MANIFEST_NAME));
            manifest.write(jar);
            for (String type : new String[] {"SampleActivator", "SampleActivator$1"}) {
                String entry = SampleActivator.class.getPackageName().replace('.', '/') + "/" + type + ".class";
                jar.putNextEntry(entry(entry));
                try (InputStream bytes = SampleJar.class.getClassLoader().getResourceAsStream(entry)) {
                    bytes.transferTo(jar);
                }
            }
        }
        return file;
    }

    /** The same makes the same bytes. */
    private static JarEntry entry(String name) {
        JarEntry entry = new JarEntry(name);
        entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        return entry;
    }
}

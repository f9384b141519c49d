package org.vinestock.dataplane.provider.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.vinestock.dataplane.engine.process.Launch;

/**
 * The code of bundles, written into jars: a framework tells nobody where it keeps them, and the process must not depend on a
 * folder that is emptied at an upgrade.
 */
public final class BundleJars implements Jars {
    private static final String LINUX = "linux";

    /** Reads what this bundle is wired to: the engine, and what that needs. */
    @Override
    public List<Path> in(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> jars = new ArrayList<>();
        jars.add(write(FrameworkUtil.getBundle(Launch.class), folder.resolve("engine.jar")));
        jars.add(write(named("com.sun.jna"), folder.resolve("jna.jar")));
        jars.add(write(named("com.github.luben.zstd-jni"), folder.resolve("zstd-jni.jar")));
        return jars;
    }

    private static Bundle named(String symbolicName) throws IOException {
        for (Bundle bundle :
                FrameworkUtil.getBundle(BundleJars.class).getBundleContext().getBundles()) {
            if (symbolicName.equals(bundle.getSymbolicName())) {
                return bundle;
            }
        }
        throw new IOException("there is no bundle " + symbolicName + "; install the feature vinestock-dataplane");
    }

    private static Path write(Bundle bundle, Path file) throws IOException {
        TreeMap<String, URL> entries = new TreeMap<>();
        Enumeration<URL> all = bundle.findEntries("/", "*", true);
        for (URL url : all == null ? Collections.<URL>emptyList() : Collections.list(all)) {
            String path = url.getPath().substring(1);
            if (!path.endsWith("/") && isNeeded(path)) {
                entries.put(path, url);
            }
        }
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.setLevel(1);
            for (var entry : entries.entrySet()) {
                JarEntry written = new JarEntry(entry.getKey());
                written.setTime(0); // the same code makes the same jar
                jar.putNextEntry(written);
                try (InputStream in = entry.getValue().openStream()) {
                    in.transferTo(jar);
                }
                jar.closeEntry();
            }
        }
        return file;
    }

    /** Native libraries of other systems are most of what there is. */
    private static boolean isNeeded(String path) {
        boolean isNative = path.endsWith(".so")
                || path.endsWith(".dll")
                || path.endsWith(".dylib")
                || path.endsWith(".jnilib")
                || path.endsWith(".a");
        return !isNative || path.contains(LINUX);
    }
}

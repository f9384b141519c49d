package org.vinestock.kernel.install;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.VinestockStrategy;

/**
 * The bytes of a plugin and what its manifest says.
 *
 * @param name of the file in {@code deploy/}
 * @param digest SHA-256 in hexadecimal
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
record PluginJar(String name, byte[] bytes, String digest, Manifest manifest) {
    private static final int SHORT = 12;
    private static final Attributes.Name SYMBOLIC_NAME = new Attributes.Name("Bundle-SymbolicName");

    /**
     * Reads a file.
     *
     * @throws Refused if it is no bundle, or not one that may be a plugin
     */
    static PluginJar read(String name, byte[] bytes) throws Refused {
        Manifest manifest = manifest(bytes);
        if (manifest == null) {
            throw new Refused(name + ": it is no jar with a manifest; is it whole, and not a text?");
        }
        PluginJar jar = new PluginJar(name, bytes, digest(bytes), manifest);
        if (jar.header("Bundle-SymbolicName") == null) {
            throw new Refused(name + ": it is no OSGi bundle; build it with bnd, as the vendor guide says");
        }
        if (!strategies(manifest)) {
            throw new Refused(name + ": it has no capability " + VinestockStrategy.NAMESPACE
                    + "; mark the strategy's component @VinestockStrategy(point = ..., name = ...) and build the jar with"
                    + " bnd, which writes Provide-Capability from it");
        }
        if (jar.header("Fragment-Host") != null) {
            throw new Refused(name + ": it is a fragment of " + jar.header("Fragment-Host")
                    + ", which would change another bundle; a plugin stands alone");
        }
        if (jar.header("Export-Package") != null) {
            throw new Refused(name + ": it exports " + jar.header("Export-Package")
                    + "; a plugin exports nothing, so that nobody depends on it");
        }
        return jar;
    }

    private static @Nullable Manifest manifest(byte[] bytes) {
        // The manifest need not be the first entry, so JarInputStream.getManifest is not enough.
        try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(bytes), false)) {
            if (jar.getManifest() != null) {
                return jar.getManifest();
            }
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                if (entry.getName().equalsIgnoreCase(JarFile.MANIFEST_NAME)) {
                    return new Manifest(jar);
                }
            }
            return null;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    /** SHA-256 in hexadecimal. */
    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static boolean strategies(Manifest manifest) {
        String provided = manifest.getMainAttributes().getValue("Provide-Capability");
        return provided != null && provided.contains(VinestockStrategy.NAMESPACE);
    }

    /** The part of the digest that names a strategy. */
    String shortDigest() {
        return digest.substring(0, SHORT);
    }

    @Nullable
    String header(String header) {
        return manifest.getMainAttributes().getValue(header);
    }

    /** The bundle's symbolic name, without directives. */
    String symbolicName() {
        String header = String.valueOf(header("Bundle-SymbolicName"));
        int end = header.indexOf(';');
        return (end < 0 ? header : header.substring(0, end)).strip();
    }

    /** The bytes with a symbolic name that no other bundle has, so that versions of one plugin live side by side. */
    byte[] renamed() throws IOException {
        Manifest renamed = new Manifest(manifest);
        renamed.getMainAttributes().put(SYMBOLIC_NAME, symbolicName() + "." + shortDigest());
        // Signatures are about other bytes; what the manifest says of entries is theirs.
        renamed.getEntries().clear();
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        try (JarInputStream from = new JarInputStream(new ByteArrayInputStream(bytes), false);
                JarOutputStream to = new JarOutputStream(out, renamed)) {
            for (JarEntry entry = from.getNextJarEntry(); entry != null; entry = from.getNextJarEntry()) {
                if (!ofSignature(entry.getName())) {
                    to.putNextEntry(new JarEntry(entry.getName()));
                    from.transferTo(to);
                    to.closeEntry();
                }
            }
        }
        return out.toByteArray();
    }

    private static boolean ofSignature(String entry) {
        String name = entry.toUpperCase(Locale.ROOT);
        boolean signs = name.endsWith(".SF") || name.endsWith(".RSA") || name.endsWith(".DSA") || name.endsWith(".EC");
        return name.equals(JarFile.MANIFEST_NAME) || (signs && name.startsWith("META-INF/"));
    }
}

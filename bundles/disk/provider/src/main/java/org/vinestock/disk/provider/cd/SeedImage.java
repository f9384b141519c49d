package org.vinestock.disk.provider.cd;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

/** The CD from which cloud-init reads how to set a guest up: it looks for the volume {@code cidata}. */
public final class SeedImage {
    private static final String VOLUME = "cidata";

    private SeedImage() {}

    /** The bytes of it. */
    public static byte[] of(SortedMap<String, String> files) {
        SortedMap<String, byte[]> bytes = new TreeMap<>();
        files.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return new CdImage(VOLUME, bytes).bytes();
    }
}

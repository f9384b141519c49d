package org.vinestock.dataplane.provider.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/** Tells one build of the process from another, which may have the same version. */
final class Digests {
    private Digests() {}

    /** Of what is in jars, in eight digits; folders of classes do not count. */
    static String of(List<Path> jars) throws IOException {
        CRC32C sum = new CRC32C();
        for (Path jar : jars) {
            if (Files.isRegularFile(jar)) {
                sum.update(Files.readAllBytes(jar));
            }
        }
        return String.format("%08x", sum.getValue());
    }
}

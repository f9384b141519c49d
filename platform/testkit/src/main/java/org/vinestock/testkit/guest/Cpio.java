package org.vinestock.testkit.guest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the archive format that Linux takes as an initramfs: "newc", Documentation/driver-api/early-userspace/buffer-format. */
final class Cpio {
    private static final int FOLDER = 0040000;
    private static final int FILE = 0100000;
    private static final int CHARACTER_DEVICE = 0020000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int inode;

    void folder(String name) {
        entry(name, FOLDER | 0755, 0, 0, new byte[0]);
    }

    void file(String name, int mode, byte[] content) {
        entry(name, FILE | mode, 0, 0, content);
    }

    void device(String name, int major, int minor) {
        entry(name, CHARACTER_DEVICE | 0600, major, minor, new byte[0]);
    }

    /** All that was added, and the end. */
    byte[] archive() {
        entry("TRAILER!!!", 0, 0, 0, new byte[0]);
        return bytes.toByteArray();
    }

    private void entry(String name, int mode, int major, int minor, byte[] content) {
        byte[] named = (name + "\0").getBytes(StandardCharsets.US_ASCII);
        inode++;
        int[] fields = {inode, mode, 0, 0, 1, 0, content.length, 0, 0, major, minor, named.length, 0};
        StringBuilder header = new StringBuilder("070701");
        for (int field : fields) {
            header.append(String.format("%08X", field));
        }
        bytes.writeBytes(header.toString().getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(named);
        pad();
        bytes.writeBytes(content);
        pad();
    }

    private void pad() {
        while (bytes.size() % 4 != 0) {
            bytes.write(0);
        }
    }
}

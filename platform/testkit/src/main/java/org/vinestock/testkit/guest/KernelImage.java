package org.vinestock.testkit.guest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.tukaani.xz.SingleXZInputStream;

/**
 * Linux' bzImage, after Documentation/arch/x86/boot in its sources. Unpacked by us it boots faster than if the guest does it
 * without KVM.
 */
final class KernelImage {
    private static final int SETUP_SECTORS = 0x1f1;
    private static final int MAGIC = 0x202;
    private static final int PAYLOAD_OFFSET = 0x248;
    private static final int PAYLOAD_LENGTH = 0x24c;
    private static final int LARGEST = 256 << 20;

    private KernelImage() {}

    /** The ELF image inside. */
    static byte[] uncompressed(byte[] image) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[4];
        header.get(MAGIC, magic);
        if (!"HdrS".equals(new String(magic, StandardCharsets.US_ASCII))) {
            throw new IOException("no bzImage: its header has no HdrS");
        }
        int sectors = image[SETUP_SECTORS] & 0xff;
        int start = ((sectors == 0 ? 4 : sectors) + 1) * 512 + header.getInt(PAYLOAD_OFFSET);
        int length = header.getInt(PAYLOAD_LENGTH);
        try (SingleXZInputStream xz = new SingleXZInputStream(new ByteArrayInputStream(image, start, length))) {
            byte[] elf = xz.readNBytes(LARGEST);
            if (elf.length < 4 || elf[0] != 0x7f || elf[1] != 'E' || elf[2] != 'L' || elf[3] != 'F') {
                throw new IOException("what is in the bzImage is no ELF image");
            }
            return elf;
        }
    }
}

package org.vinestock.machines.provider.console;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.zip.CRC32;

/** A PNG file that is there whole or not at all, for the eyes of the account that wrote it. Its lane has one at a time. */
record PictureFile(Path path) {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int AROUND_DATA = 12; // length, type and checksum
    private static final long LARGEST = 64L << 20;

    /**
     * Writes it.
     *
     * @throws FileAlreadyExistsException if there is a file of that name
     * @throws IOException if it cannot be written whole; then nothing is left of it
     */
    void write(byte[] png) throws IOException {
        if (Files.exists(path)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        clear();
        try {
            try (FileChannel channel = FileChannel.open(
                    part(),
                    EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer bytes = ByteBuffer.wrap(png);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(part(), path);
        } catch (IOException e) {
            clear();
            throw e;
        }
    }

    /** Removes what a crash may have left half written. */
    void clear() throws IOException {
        Files.deleteIfExists(part());
    }

    private Path part() {
        return path.resolveSibling(path.getFileName() + ".part");
    }

    /** Whether a whole picture is there. */
    boolean isWhole() throws IOException {
        return Files.isRegularFile(path) && Files.size(path) <= LARGEST && isWhole(Files.readAllBytes(path));
    }

    /** Whether bytes are a whole PNG: every chunk has its checksum, and the last one ends it. */
    static boolean isWhole(byte[] png) {
        ByteBuffer bytes = ByteBuffer.wrap(png);
        if (bytes.remaining() < SIGNATURE.length
                || !bytes.slice(0, SIGNATURE.length).equals(ByteBuffer.wrap(SIGNATURE))) {
            return false;
        }
        bytes.position(SIGNATURE.length);
        while (bytes.remaining() >= AROUND_DATA) {
            int length = bytes.getInt();
            if (length < 0 || length > bytes.remaining() - 8) {
                return false;
            }
            ByteBuffer checked = bytes.slice(bytes.position(), 4 + length);
            String type = StandardCharsets.US_ASCII.decode(checked.slice(0, 4)).toString();
            CRC32 crc = new CRC32();
            crc.update(checked);
            bytes.position(bytes.position() + 4 + length);
            if (bytes.getInt() != (int) crc.getValue()) {
                return false;
            } else if (type.equals("IEND")) {
                return !bytes.hasRemaining();
            }
        }
        return false;
    }
}

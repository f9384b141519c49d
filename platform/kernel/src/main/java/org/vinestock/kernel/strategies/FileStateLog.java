package org.vinestock.kernel.strategies;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;
import org.vinestock.view.Codec;

/**
 * Lines in one file that only grows: eight hexadecimal digits of CRC-32C, a space, JSON. Each is on the disk before
 * {@link #keep} returns. At opening, a last line that was not written whole is cut off; a line in the middle that does not
 * match its checksum is passed over and counted. A file of which little counts any more is written anew beside it and put
 * in its place in one step.
 *
 * <p>Waits for the disk, so this is a class at the edge. Nothing else may write the file.
 */
public final class FileStateLog implements StateLog, AutoCloseable {
    private static final int CHECKSUM = 8;
    private static final int LONG = 1_000;

    private final Path file;
    private final Codec codec;
    private final boolean synced;
    private final Map<String, Kept> newest = new LinkedHashMap<>();
    private FileChannel channel;
    private long length;
    private int lines;
    private int damaged;

    /**
     * Opens a file, or makes it with its directories.
     *
     * @throws IOException if it cannot be read or written
     */
    public FileStateLog(Path file, Codec codec) throws IOException {
        this(file, codec, true);
    }

    /** {@code synced}: whether to wait for the disk; tests of the format need not. */
    FileStateLog(Path file, Codec codec, boolean synced) throws IOException {
        this.synced = synced;
        this.file = file.toAbsolutePath();
        this.codec = codec;
        Path directory = directory();
        Files.createDirectories(directory);
        boolean fresh = !Files.exists(this.file);
        channel = open(this.file);
        read();
        if (fresh) {
            sync(directory);
        }
    }

    private Path directory() {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private void read() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                take(new String(bytes, start, i - start, StandardCharsets.UTF_8));
                start = i + 1;
            }
        }
        length = start;
        if (start < bytes.length) {
            channel.truncate(length);
            force(channel);
        }
        channel.position(length);
    }

    private void take(String line) {
        lines++;
        if (line.length() > CHECKSUM + 1) {
            String json = line.substring(CHECKSUM + 1);
            if (line.equals(checked(json))) {
                note(codec.read(json, Kept.class));
                return;
            }
        }
        damaged++;
    }

    private void note(Kept kept) {
        String key = kept.what() + '\n' + kept.key();
        newest.remove(key);
        if (!kept.value().isEmpty()) {
            newest.put(key, kept);
        }
    }

    private static String checked(String json) {
        CRC32C checksum = new CRC32C();
        checksum.update(json.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x %s", checksum.getValue(), json);
    }

    @Override
    public List<Kept> kept() {
        return List.copyOf(newest.values());
    }

    /** How many lines did not match their checksum and were passed over. */
    public int damaged() {
        return damaged;
    }

    @Override
    public void keep(Kept line) throws IOException {
        ByteBuffer bytes = bytes(line);
        long written = bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            force(channel);
        } catch (IOException e) {
            forgetHalf();
            throw e;
        }
        length += written;
        lines++;
        note(line);
        if (lines > LONG && lines > 4 * newest.size()) {
            rewrite();
        }
    }

    private ByteBuffer bytes(Kept line) {
        return ByteBuffer.wrap((checked(codec.write(line)) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Takes back what was written of a line that could not be written whole. */
    private void forgetHalf() {
        try {
            channel.truncate(length);
            channel.position(length);
        } catch (IOException e) {
            // What is left of it is cut off at the next opening, or passed over by its checksum.
        }
    }

    private void rewrite() throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        long rewritten = 0;
        Files.deleteIfExists(beside);
        FileChannel fresh = open(beside);
        try {
            for (Kept kept : newest.values()) {
                ByteBuffer bytes = bytes(kept);
                rewritten += bytes.remaining();
                while (bytes.hasRemaining()) {
                    fresh.write(bytes);
                }
            }
            force(fresh);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
        sync(directory());
        channel.close();
        channel = fresh;
        length = rewritten;
        lines = newest.size();
    }

    private void force(FileChannel written) throws IOException {
        if (synced) {
            written.force(true);
        }
    }

    /** Makes the entry of a new file in its directory durable. */
    private void sync(Path directory) throws IOException {
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            force(entries);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package org.vinestock.qemu.offer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.vinestock.machines.capability.Console.Output;
import org.vinestock.qemu.process.KeptFile;
import org.vinestock.qemu.process.VmFolder;

/**
 * What a guest printed, in the file that QEMU appends to. When that is longer than {@link #LONGEST}, it is put aside in the
 * place of what was put aside before, and begins anew; offsets go on. For threads that may wait.
 */
public final class ConsoleLog {
    /** Bytes of the file, after which it begins anew; as many are kept beside it. */
    public static final long LONGEST = 8L << 20;

    private final Path file;
    private final Path former;
    private final Path base;

    /** Of a VM. */
    public ConsoleLog(VmFolder folder) {
        file = folder.console();
        former = folder.path().resolve("console.log.1");
        base = folder.path().resolve("console.base");
    }

    /** Reads; see {@link org.vinestock.machines.capability.Console#read}. */
    public synchronized Output read(long from, int atMost) throws IOException {
        long start = base();
        long size = size(file);
        long kept = size(former);
        long end = start + size;
        long at = Math.min(end, Math.max(start - kept, from < 0 ? Math.max(0, end + from) : from));
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(atMost, end - at));
        if (at < start) {
            fill(former, at - (start - kept), bytes);
        }
        if (bytes.hasRemaining() && at + bytes.position() >= start) {
            fill(file, at + bytes.position() - start, bytes);
        }
        return new Output(at, bytes.flip(), end);
    }

    private static void fill(Path from, long offset, ByteBuffer into) throws IOException {
        try (FileChannel channel = FileChannel.open(from, StandardOpenOption.READ)) {
            long at = offset;
            while (into.hasRemaining()) {
                int count = channel.read(into, at);
                if (count < 0) {
                    return;
                }
                at += count;
            }
        }
    }

    private static long size(Path of) throws IOException {
        try {
            return Files.size(of);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private long base() throws IOException {
        try {
            return Long.parseLong(Files.readString(base).strip());
        } catch (NoSuchFileException | NumberFormatException e) {
            return 0;
        }
    }

    /** Keeps it short. What the guest prints in the very moment may be lost. */
    public synchronized void shorten() throws IOException {
        long size = size(file);
        if (size <= LONGEST) {
            return;
        }
        long end = base() + size;
        Files.copy(file, former, StandardCopyOption.REPLACE_EXISTING);
        KeptFile.replace(base, Long.toString(end).getBytes(StandardCharsets.US_ASCII));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0); // QEMU appends, so it goes on at the beginning
        }
    }
}

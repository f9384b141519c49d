package org.vinestock.qemu.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of one VM: what it is, which process runs it, its log and console, its sockets. It is the host's memory of
 * the VM, which the container reads when it comes back. Only its owner may look inside.
 *
 * <p>Files are replaced as a whole and are on the disk before anything relies on them. One thread at a time.
 */
public final class VmFolder {
    /** A unix socket's path has at most so many bytes: {@code sun_path} of unix(7) less its end. */
    private static final int LONGEST_SOCKET = 107;

    private final Path folder;

    /** The directory at a path; it need not be there yet. */
    public VmFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the directory.
     *
     * @throws IOException also if its sockets' paths would be too long
     */
    public void make() throws IOException {
        int longest = socket("commands").toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        if (longest > LONGEST_SOCKET) {
            throw new IOException(socket("commands") + " has " + longest + " bytes, a socket's path may have "
                    + LONGEST_SOCKET + ": choose a shorter directory for VMs");
        }
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** The directory itself. */
    public Path path() {
        return folder;
    }

    /** A socket of a name. */
    public Path socket(String name) {
        return folder.resolve(name + ".sock");
    }

    /** What QEMU itself prints. */
    public Path log() {
        return folder.resolve("qemu.log");
    }

    /** What the guest prints on its first serial port. */
    public Path console() {
        return folder.resolve("console.log");
    }

    /** Replaces a file; it is on the disk when this returns. */
    public void write(String name, byte[] content) throws IOException {
        Path made = folder.resolve(name + ".new");
        try (FileChannel channel = FileChannel.open(
                made, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(made, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
    }

    /** Reads a file; empty if it is not there. */
    public Optional<byte[]> read(String name) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Removes a file, if it is there. */
    public void remove(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    /** Removes the directory and all that is in it. */
    public void delete() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}

package org.vinestock.qemu.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
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

    /** No id of a VM begins so. */
    private static final String GONE = ".gone-";

    private static final String PID_FILE = "qemu.pid";

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
        int longest = socket("commands").toString().getBytes(StandardCharsets.UTF_8).length;
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
        KeptFile.replace(folder.resolve(name), content);
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

    /** The process that runs the VM, by the file that QEMU itself writes and holds; empty if none does. */
    public Optional<ProcessIdentity> process() throws IOException {
        Optional<byte[]> pid = read(PID_FILE);
        if (pid.isEmpty()) {
            return Optional.empty();
        }
        long number;
        try {
            number = Long.parseLong(new String(pid.get(), StandardCharsets.US_ASCII).strip());
        } catch (NumberFormatException e) {
            return Optional.empty(); // torn by a crash of the machine: then nothing runs
        }
        // The number may be another process's by now; ours has this very file among its arguments.
        return ProcessIdentity.of(number)
                .filter(found -> found.hasArgument(pidFile().toString()));
    }

    /** Where QEMU writes its number. */
    public Path pidFile() {
        return folder.resolve(PID_FILE);
    }

    /** Removes the directory and all that is in it. Cut short, it is not taken for a VM any more. */
    public void delete() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Path gone = folder.resolveSibling(GONE + folder.getFileName());
        deleteAll(gone);
        Files.move(folder, gone, StandardCopyOption.ATOMIC_MOVE);
        deleteAll(gone);
    }

    /** The directories of VMs in a directory, in the order of their names; what is left of deleted ones is cleared away. */
    public static List<VmFolder> in(Path root) throws IOException {
        List<Path> all;
        try (Stream<Path> list = Files.list(root)) {
            all = list.filter(Files::isDirectory).sorted().toList();
        }
        List<VmFolder> folders = new ArrayList<>();
        for (Path each : all) {
            if (String.valueOf(each.getFileName()).startsWith(GONE)) {
                deleteAll(each);
            } else {
                folders.add(new VmFolder(each));
            }
        }
        return folders;
    }

    private static void deleteAll(Path folder) throws IOException {
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
}

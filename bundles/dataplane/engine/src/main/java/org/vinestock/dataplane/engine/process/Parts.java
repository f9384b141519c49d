package org.vinestock.dataplane.engine.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Files that are being made: under the name {@code FILE.part} until all of them is on the disk. Which there are is noted
 * first, so that a process that died leaves nothing that the next one does not remove.
 */
final class Parts {
    private static final String END = ".part";

    private final Path notes;
    private final Set<Path> open = new TreeSet<>();

    /** Removes what a former process left; what cannot be removed is told, and hinders nobody from being served. */
    Parts(Path notes, Consumer<String> log) throws IOException {
        this.notes = notes;
        if (!Files.exists(notes)) {
            return;
        }
        for (String name : new String(Files.readAllBytes(notes), StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            try {
                if (name.endsWith(END) && Files.deleteIfExists(Path.of(name))) {
                    log.accept("removed " + name + ", which was not made to the end");
                }
            } catch (IOException | InvalidPathException e) {
                log.accept(name + " was not made to the end and cannot be removed: " + e);
            }
        }
        Files.delete(notes);
    }

    /** The name to write under, noted; it is not there. */
    synchronized Path begin(Path file) throws IOException, RefusedException {
        if (Files.exists(file)) {
            throw new RefusedException("EXISTS", file + " is there already");
        }
        Path part = file.resolveSibling(file.getFileName() + END);
        if (part.toString().indexOf('\n') >= 0) {
            throw new RefusedException("INVALID", "the name of a file has no line breaks");
        }
        if (open.contains(part)) {
            throw new RefusedException("IN_USE", file + " is being made");
        }
        if (Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException("EXISTS", part + " is there, under which " + file + " would be made");
        }
        open.add(part);
        try {
            note();
        } catch (IOException e) {
            open.remove(part);
            throw e;
        }
        return part;
    }

    /** Whole at any moment, so that nothing is ever removed that was not noted. */
    private void note() throws IOException {
        Path beside = notes.resolveSibling(notes.getFileName() + ".new");
        String lines = open.stream().map(part -> part + "\n").collect(Collectors.joining());
        try (FileChannel out = FileChannel.open(
                beside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
        Files.move(beside, notes, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** All of it is on the disk: it gets its name, durably. Fails if somebody else took that meanwhile. */
    void finish(Path part, Path file) throws IOException, RefusedException {
        try {
            Files.createLink(file, part);
        } catch (FileAlreadyExistsException e) {
            throw new RefusedException("EXISTS", file + " is there already");
        }
        Files.delete(part);
        forceFolder(file);
    }

    /** It was made, or not. */
    synchronized void end(Path part) throws IOException {
        Files.deleteIfExists(part);
        open.remove(part);
        if (open.isEmpty()) {
            Files.deleteIfExists(notes);
        }
    }

    static void forceFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder)) {
                channel.force(true);
            }
        }
    }
}

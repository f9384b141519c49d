package org.vinestock.dataplane.engine.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Files that are being made: under the name {@code FILE.part} until all of them is on the disk. Which there are is noted
 * first, so that a process that died leaves nothing that the next one does not remove.
 */
final class Parts {
    private final Path notes;
    private int open;

    /** Removes what a former process left. */
    Parts(Path notes) throws IOException {
        this.notes = notes;
        if (Files.exists(notes)) {
            for (String line : Files.readAllLines(notes)) {
                if (line.endsWith(".part")) {
                    Files.deleteIfExists(Path.of(line));
                }
            }
            Files.delete(notes);
        }
    }

    /** The name to write under, noted; it is not there. */
    synchronized Path begin(Path file) throws IOException, RefusedException {
        if (Files.exists(file)) {
            throw new RefusedException("EXISTS", file + " is there already");
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        if (part.toString().indexOf('\n') >= 0) {
            throw new RefusedException("INVALID", "the name of a file has no line breaks");
        }
        if (Files.exists(part)) {
            throw new RefusedException("IN_USE", file + " is being made");
        }
        try (FileChannel out = FileChannel.open(notes, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(ByteBuffer.wrap((part + "\n").getBytes(StandardCharsets.UTF_8)));
            out.force(true);
        }
        open++;
        return part;
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
        if (--open == 0) {
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

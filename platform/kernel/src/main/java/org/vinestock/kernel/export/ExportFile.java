package org.vinestock.kernel.export;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/**
 * A new file of lines, compressed if its name ends in {@code .gz}. It is there under its name when it is whole: until then
 * it is called {@code NAME.part}. One thread at a time.
 */
final class ExportFile implements Closeable {
    private final Path path;
    private final Path beside;
    private final Writer out;
    private boolean whole;

    ExportFile(Path path) throws IOException {
        this.path = path;
        beside = beside(path);
        OutputStream bytes = Files.newOutputStream(beside); // what a process left behind that died is written over
        try {
            OutputStream packed = path.toString().endsWith(".gz") ? new GZIPOutputStream(bytes, 1 << 16) : bytes;
            out = new BufferedWriter(new OutputStreamWriter(packed, StandardCharsets.UTF_8), 1 << 16);
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /**
     * The path of a new file as a person gave it.
     *
     * @throws IllegalArgumentException saying what is accepted
     */
    static Path path(String file) {
        Path path;
        try {
            path = Path.of(file);
        } catch (InvalidPathException e) {
            path = Path.of("");
        }
        if (!path.isAbsolute() || path.getFileName() == null) {
            throw new IllegalArgumentException("file: \"" + file
                    + "\"; accepted: an absolute path on the machine that Vinestock runs on, such as"
                    + " /tmp/decisions.jsonl.gz");
        }
        return path;
    }

    private static Path beside(Path path) {
        return path.resolveSibling(path.getFileName() + ".part");
    }

    void line(String text) throws IOException {
        out.write(text);
        out.write('\n');
    }

    /** All lines are there: gives the file its name. */
    void whole() throws IOException {
        out.close();
        Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
        whole = true;
    }

    /** Ends; leaves nothing behind if it is not whole. */
    @Override
    public void close() throws IOException {
        if (!whole) {
            try {
                out.close();
            } finally {
                Files.deleteIfExists(beside);
            }
        }
    }
}

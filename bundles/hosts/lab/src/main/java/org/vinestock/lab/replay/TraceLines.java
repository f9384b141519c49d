package org.vinestock.lab.replay;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one file of a trace, unpacked if its name ends in {@code .gz}; says where what is wrong. One thread at a
 * time. Reading blocks for the disk.
 */
final class TraceLines implements AutoCloseable {
    /** The longest line, in characters. */
    static final int MAX_LINE = 8_000_000;

    private final Path file;
    private final BufferedReader reader;
    private int number;

    /**
     * Opens a file.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    TraceLines(Path file) {
        this.file = file;
        requireFile(file);
        try {
            InputStream in = Files.newInputStream(file);
            try {
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
                reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.ISO_8859_1), 1 << 16);
            } catch (IOException e) {
                in.close();
                throw e;
            }
        } catch (ZipException | EOFException e) {
            throw new IllegalArgumentException(
                    "file " + file + " is not packed: " + said(e)
                            + "; accepted: gzip where the name ends in .gz, else plain text",
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException("file " + file + " cannot be read: " + said(e), e);
        }
    }

    /** Says what is accepted if there is no such file. */
    static void requireFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "file " + file + (Files.exists(file) ? " is not a plain file" : " does not exist")
                            + "; accepted: the arrivals of a trace, such as v1.dev.txt.gz, with its companions beside it");
        }
    }

    Path file() {
        return file;
    }

    /** Returns the next line, or null at the end. */
    @Nullable
    String next() {
        try {
            StringBuilder line = new StringBuilder();
            int c = reader.read();
            if (c < 0) {
                return null;
            }
            number++;
            while (c >= 0 && c != '\n') {
                if (line.length() == MAX_LINE) {
                    throw broken("is longer than " + MAX_LINE + " characters", "shorter lines");
                }
                line.append((char) c);
                c = reader.read();
            }
            if (line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
                line.setLength(line.length() - 1);
            }
            return line.toString();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "file " + file + " cannot be read after line " + number + ": " + said(e), e);
        }
    }

    /** Makes the error for the present line. */
    IllegalArgumentException broken(String what, String accepted) {
        return new IllegalArgumentException(
                "file " + file + " line " + number + " " + what + "; accepted: " + accepted);
    }

    /** Reads a number of the present line. */
    long number(String text, String what, String accepted) {
        try {
            long value = Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below, with what is accepted
        }
        throw broken("has " + shown(text) + " as " + what, accepted);
    }

    /** Text of a file, short enough for a message. */
    static String shown(String text) {
        return "\"" + (text.length() > 20 ? text.substring(0, 20) + "..." : text) + "\"";
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new IllegalArgumentException("file " + file + " cannot be closed: " + said(e), e);
        }
    }

    private static String said(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}

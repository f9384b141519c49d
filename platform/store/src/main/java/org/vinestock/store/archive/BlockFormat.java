package org.vinestock.store.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.vinestock.journal.Line;

/**
 * Lines as bytes: one after the other, then zlib, whose checksum tells damage. A line is its number and its time in
 * microseconds, both as the difference from the line before, its key and its text.
 */
final class BlockFormat {
    private static final int LEVEL = 4;

    private BlockFormat() {}

    static byte[] encode(List<Line> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
        Deflater deflater = new Deflater(LEVEL);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes, deflater, 1 << 13))) {
            long number = 0;
            long micros = 0;
            for (Line line : lines) {
                long at = ChronoUnit.MICROS.between(Instant.EPOCH, line.at());
                write(out, line.number() - number);
                write(out, at - micros);
                number = line.number();
                micros = at;
                write(out, line.key());
                write(out, line.text());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    /**
     * Reads them again.
     *
     * @throws IOException if they are damaged
     */
    static List<Line> decode(byte[] body, int count) throws IOException {
        byte[] bytes = inflated(body);
        ByteBuffer plain = ByteBuffer.wrap(bytes);
        List<Line> lines = new ArrayList<>(count);
        long number = 0;
        long micros = 0;
        try {
            for (int i = 0; i < count; i++) {
                number += readNumber(plain);
                micros += readNumber(plain);
                Instant at = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
                lines.add(new Line(number, at, readText(plain, bytes), readText(plain, bytes)));
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IOException("it ends before its " + count + " lines do", e);
        }
        return lines;
    }

    private static byte[] inflated(byte[] body) throws IOException {
        Inflater inflater = new Inflater();
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(body), inflater, 1 << 14)) {
            return in.readAllBytes();
        } finally {
            inflater.end();
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(out, bytes.length);
        out.write(bytes);
    }

    private static String readText(ByteBuffer in, byte[] bytes) {
        int length = (int) readNumber(in);
        String text = new String(bytes, in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    /** Small numbers, whatever their sign, take one byte. */
    private static void write(DataOutputStream out, long number) throws IOException {
        long rest = (number << 1) ^ (number >> 63);
        while ((rest & ~0x7fL) != 0) {
            out.writeByte((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    private static long readNumber(ByteBuffer in) {
        long rest = 0;
        int shift = 0;
        int next;
        do {
            next = in.get();
            rest |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while ((next & 0x80) != 0);
        return (rest >>> 1) ^ -(rest & 1);
    }

    /** The keys of lines, each once: four bytes each, sorted. */
    static byte[] hashes(List<Line> lines) {
        int[] sorted = lines.stream()
                .mapToInt(line -> line.key().hashCode())
                .sorted()
                .distinct()
                .toArray();
        ByteBuffer bytes = ByteBuffer.allocate(sorted.length * Integer.BYTES);
        bytes.asIntBuffer().put(sorted);
        return bytes.array();
    }

    /** Whether a line about {@code key} may be among them. */
    static boolean mayHave(byte[] hashes, String key) {
        int[] sorted = new int[hashes.length / Integer.BYTES];
        ByteBuffer.wrap(hashes).asIntBuffer().get(sorted);
        return Arrays.binarySearch(sorted, key.hashCode()) >= 0;
    }
}

package org.vinestock.qemu.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts a stream of bytes into lines. One thread at a time.
 *
 * <p>Ends of lines are line feeds, with or without a carriage return before them; empty lines are passed over.
 */
public final class Lines {
    private final int longest;
    private final Consumer<byte[]> line;
    private byte[] partial = new byte[256];
    private int length;

    /**
     * Cuts for a consumer.
     *
     * @param longest bytes that a line may have
     */
    public Lines(int longest, Consumer<byte[]> line) {
        this.longest = longest;
        this.line = line;
    }

    /**
     * Takes the next bytes, and hands on each line that they complete.
     *
     * @throws IllegalStateException if a line gets longer than allowed
     */
    public void take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next != '\n') {
                append(next);
                continue;
            }
            int end = length > 0 && partial[length - 1] == '\r' ? length - 1 : length;
            length = 0;
            if (end > 0) {
                line.accept(Arrays.copyOf(partial, end));
            }
        }
    }

    private void append(byte next) {
        if (length == partial.length) {
            if (length >= longest) {
                throw new IllegalStateException("a line is longer than " + longest + " bytes");
            }
            partial = Arrays.copyOf(partial, Math.min(longest, 2 * length));
        }
        partial[length++] = next;
    }
}

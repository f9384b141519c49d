package org.vinestock.terminal;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/** What is at the other end of a terminal. Any thread, never blocks. */
@ConsumerType
public interface TerminalLine {
    /** How many bytes {@link #read} returns at most. */
    int MOST = 64 * 1024;

    /** How many bytes are typed at once at most. */
    int TYPED_AT_MOST = 4096;

    /**
     * Reads what was printed.
     *
     * @param from byte offset since the beginning; negative = so many bytes before the end
     * @param atMost bytes, 1 to {@link #MOST}
     */
    CompletionStage<Printed> read(long from, int atMost);

    /** Types, at most {@link #TYPED_AT_MOST} bytes. */
    CompletionStage<?> type(byte[] bytes);

    /**
     * What was printed.
     *
     * @param from offset of the first byte; later than asked for if what was asked for is no longer kept
     * @param end offset after the last one that is there
     */
    record Printed(long from, ByteBuffer bytes, long end) {
        /** Keeps others from writing. */
        public Printed {
            bytes = bytes.asReadOnlyBuffer();
        }

        /** Offset after the last byte of these. */
        public long next() {
            return from + bytes.remaining();
        }
    }
}

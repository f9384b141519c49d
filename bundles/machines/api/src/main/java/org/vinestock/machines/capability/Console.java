package org.vinestock.machines.capability;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.time.Cancellable;

/** The first serial port of a VM. What the guest prints is kept whether somebody listens or not. */
@ConsumerType
public interface Console {
    /** How many bytes {@link #read} returns at most. */
    int MOST = 64 * 1024;

    /**
     * Reads what was printed.
     *
     * @param from byte offset since the VM was made; negative = so many bytes before the end
     * @param atMost bytes, 1 to {@link #MOST}
     */
    CompletionStage<Output> read(long from, int atMost);

    /**
     * Types. Several may: it arrives whole and in order.
     *
     * @param bytes at most 4 KiB
     */
    CompletionStage<?> type(byte[] bytes);

    /** Runs {@code wake} after something was printed; several prints may cause one wake. */
    Cancellable onOutput(Runnable wake);

    /**
     * What was printed.
     *
     * @param from offset of the first byte; later than asked for if what was asked for is no longer kept
     * @param end offset after the last one that is there, also if not all of it is in {@code bytes}
     */
    record Output(long from, ByteBuffer bytes, long end) {
        /** Keeps others from writing. */
        public Output {
            bytes = bytes.asReadOnlyBuffer();
        }

        /** Offset after the last byte of these. */
        public long next() {
            return from + bytes.remaining();
        }
    }
}

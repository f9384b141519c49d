package org.vinestock.dataplane.engine.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes to and from a client, as they are or by TLS. One thread at a time reads, and one writes. */
public interface Wire {
    /** Waits for bytes; fewer than 0: no more come. */
    int read(ByteBuffer into) throws IOException;

    /** Writes the first {@code count} buffers from position to limit, all of them. */
    void write(ByteBuffer[] from, int count) throws IOException;

    /** When the write that is under way began, by {@link System#nanoTime}; 0: none is. */
    long writingSince();

    /** Lets {@link #read} end; what came and was not read yet is lost, as whoever sent it sees. By any thread. */
    void endInput();

    /** Ends reads and writes at once. By any thread. */
    void close();
}

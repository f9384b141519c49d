package org.vinestock.dataplane.engine.medium;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Bytes at offsets that outlive the process: a file, a block device of the host. Image formats are written against this,
 * as code that waits; {@link org.vinestock.dataplane.engine.block.BlockingDevice} makes it asynchronous.
 *
 * <p><b>Calls.</b> By any thread, any number at once. Each may take as long as the medium takes. No call allocates.
 *
 * <p><b>Durability.</b> What was written before {@link #force} was called, sizes included, is on stable storage when it
 * returns. Of the rest a machine that dies keeps some, in no order; a process that dies keeps all.
 *
 * <p><b>Failure.</b> {@link IOException}, with the words of the system.
 */
public interface Medium extends AutoCloseable {
    /** What people know it by, for messages. */
    String name();

    /** Whether it may be changed. */
    boolean writable();

    /**
     * Keeps other programs from changing it until it is closed, where there are locks that they heed; one that is writable is
     * kept so from the start.
     *
     * @throws IOException if one may be changing it now
     */
    void keepStill() throws IOException;

    /** Bytes up to its end. */
    long size() throws IOException;

    /** Fills {@code into}; what lies beyond the end reads as zeroes. */
    void read(long offset, ByteBuffer into) throws IOException;

    /** Writes all of {@code from}, beyond the end too. */
    void write(long offset, ByteBuffer from) throws IOException;

    /** Waits until all that was written is on stable storage. */
    void force() throws IOException;

    /** Moves the end; what is new reads as zeroes. */
    void resize(long size) throws IOException;

    /** Makes these bytes zeroes by giving their room back; false, with nothing changed, where the medium cannot. */
    boolean punch(long offset, long length) throws IOException;

    /** Makes these bytes zeroes that have room of their own, faster than by writing; false, with nothing changed, where it cannot. */
    boolean zeroAllocated(long offset, long length) throws IOException;

    /** Gives these bytes room without changing what they read as; false, with nothing changed, where it cannot. */
    boolean allocate(long offset, long length) throws IOException;

    /**
     * Copies bytes of another medium to the same length here, by the system and without this process touching them: some
     * file systems then share their room. False where it cannot, or the other one has fewer; some may be copied then.
     */
    default boolean copyFrom(long offset, Medium source, long from, long length) throws IOException {
        return false;
    }

    /** The first byte at or after {@code offset} that has room of its own, or the end; {@code offset} itself where nobody knows. */
    long nextData(long offset) throws IOException;

    /** The first byte at or after {@code offset} that has no room of its own, or the end; the end where nobody knows. */
    long nextHole(long offset) throws IOException;

    /** Lets go of it. A second call does nothing. */
    @Override
    void close() throws IOException;
}

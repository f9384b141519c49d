package org.vinestock.dataplane.engine.block;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A disk: bytes at offsets, read and written asynchronously. Image formats, caches and filters are devices on top of
 * other devices; servers give a device to guests.
 *
 * <p><b>Calls.</b> By any thread, any number in flight. A device completes a request where it is cheapest: before the
 * method returns if nothing has to be waited for, else later on a thread of its own. No method waits for a medium that
 * is slow, save {@link #close}. Nothing is allocated per request: a layer that has to remember something takes it from
 * a pool. Offsets and lengths are in bytes and need no alignment.
 *
 * <p><b>State.</b> The buffer of a request belongs to the device until its {@link Completion} is called, its content
 * from position to limit; its position afterwards is undefined. The device does not order requests that are in flight
 * together: whoever needs an order waits for the first. A request that overlaps no other sees each completed write.
 *
 * <p><b>Durability.</b> What was completed before {@link #flush} was called is on stable storage when the flush
 * completes, metadata that is needed to find it included; so is a write with {@code durable} when it completes. Nothing
 * else is promised: a write that was completed and not flushed may be lost, as a whole or by parts.
 *
 * <p><b>Failure.</b> By the {@link Status} given to the completion, never by a throw: outside of the device's size it is
 * {@link Status#OUT_OF_RANGE}. A write that failed may have happened in part. After {@link #close} every request ends
 * as {@link Status#SHUT_DOWN}.
 */
public interface BlockDevice extends AutoCloseable {
    /** Bytes; changes only by {@link #resize}. */
    long size();

    /** Whether writes, discards, zeroes and resizes are taken at all; else they end as {@link Status#READ_ONLY}. */
    boolean writable();

    /** The length in bytes, a power of two, that requests are best multiples of: a cluster, a sector of the medium. */
    int preferredLength();

    /** Fills {@code into} from {@code offset} on. */
    void read(long offset, ByteBuffer into, Completion done);

    /** Writes {@code from} at {@code offset}; if {@code durable}, it completes when that is on stable storage. */
    void write(long offset, ByteBuffer from, boolean durable, Completion done);

    /** Completes when all writes that were completed before this call are on stable storage. */
    void flush(Completion done);

    /** Says that nobody needs these bytes any more: they read as zeroes or as before, as the device likes, and may give their room back. */
    void discard(long offset, long length, Completion done);

    /**
     * Makes these bytes zeroes, with less work than by writing them where the device can.
     *
     * @param zeroing which ways are open; {@link Zeroing#FAST_ONLY} ends as {@link Status#NOT_SUPPORTED} at once, with
     *     nothing changed, where it would be as slow as writing
     */
    void writeZeroes(long offset, long length, Zeroing zeroing, boolean durable, Completion done);

    /**
     * Tells {@code into} what these bytes are made of, in order, without a gap; it may end early, at any boundary after the
     * first extent, and neighbours may be of the same kind.
     */
    void extents(long offset, long length, ExtentSink into, Completion done);

    /** Changes the size; what is new reads as zeroes, what is cut off is gone. Nothing else may be in flight at what is cut off. */
    void resize(long size, Completion done);

    /** Waits for what is in flight, makes all durable, and lets go of the medium, and of the devices beneath. A second call does nothing. */
    @Override
    void close() throws IOException;
}

package org.vinestock.dataplane.engine.nbd.transmit;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.nbd.Wire;

/**
 * The replies to a client. What carries data has room in a ring from the time when it is asked for, so that devices read
 * straight into replies; what only says how a request ended is put into a strip when it ends. So nobody waits for room
 * when a request completes, and a slow flush holds up no read. Replies that lie side by side go out as one piece.
 *
 * <p>Owned by the connection's lock.
 */
final class Outbox {
    private static final int PIECES = 32;
    private static final int LONGEST_END = 32;

    private final Regions regions;
    private final ByteBuffer memory;
    private final int ringFrom;
    private final int capacity;
    private final ByteBuffer[] pieces = new ByteBuffer[PIECES];
    private final Request[] ready;
    private int readyCount;
    private int strip;
    private int head;
    private int used;

    Outbox(ByteBuffer memory, int slots) {
        this.memory = memory;
        ringFrom = slots * LONGEST_END;
        capacity = memory.capacity();
        head = ringFrom;
        regions = new Regions(slots);
        ready = new Request[slots];
        for (int i = 0; i < PIECES; i++) {
            pieces[i] = memory.duplicate();
        }
    }

    /** Reserves room for data and its header; false: there is none now. */
    boolean reserve(Request request, int bytes) {
        if (used == 0) {
            head = ringFrom;
        }
        int skipped = capacity - head < bytes ? capacity - head : 0;
        if (regions.full() || used + skipped + bytes > capacity - ringFrom) {
            return false;
        }
        request.dataAt = skipped > 0 ? ringFrom : head;
        request.dataRegion = regions.take(skipped + bytes);
        head = request.dataAt + bytes;
        used += skipped + bytes;
        return true;
    }

    /** Adds the answer that a request ended so, in the short form that any client knows. */
    void addEnd(Request request, int error) {
        int at = strip;
        memory.putInt(at, Command.SIMPLE_REPLY_MAGIC);
        memory.putInt(at + 4, error);
        memory.putLong(at + 8, request.cookie);
        add(request, at, Command.SIMPLE_REPLY_LENGTH);
        strip = at + Command.SIMPLE_REPLY_LENGTH;
    }

    /** Adds the last chunk of a structured reply: that all was sent, or what failed. */
    void addLastChunk(Request request, int error) {
        int at = strip;
        int length = error == 0 ? 0 : 6;
        chunk(request, at, Command.CHUNK_DONE, error == 0 ? Command.CHUNK_NONE : Command.CHUNK_ERROR, length);
        if (error != 0) {
            memory.putInt(at + Command.CHUNK_LENGTH, error);
            memory.putShort(at + Command.CHUNK_LENGTH + 4, (short) 0);
        }
        add(request, at, Command.CHUNK_LENGTH + length);
        strip = at + Command.CHUNK_LENGTH + length;
    }

    /** Adds what was read into the request's room, behind a header of the short form. */
    void addData(Request request) {
        memory.putInt(request.dataAt, Command.SIMPLE_REPLY_MAGIC);
        memory.putInt(request.dataAt + 4, 0);
        memory.putLong(request.dataAt + 8, request.cookie);
        add(request, request.dataAt, Command.SIMPLE_REPLY_LENGTH + (int) request.length);
    }

    /** Adds what was read into the request's room, as a chunk. */
    void addDataChunk(Request request, boolean last) {
        int length = 8 + (int) request.length;
        chunk(request, request.dataAt, last ? Command.CHUNK_DONE : 0, Command.CHUNK_DATA, length);
        memory.putLong(request.dataAt + Command.CHUNK_LENGTH, request.offset);
        add(request, request.dataAt, Command.CHUNK_LENGTH + length);
    }

    /** Writes a chunk's header. */
    void chunk(Request request, int at, int flags, int type, int length) {
        memory.putInt(at, Command.CHUNK_MAGIC);
        memory.putShort(at + 4, (short) flags);
        memory.putShort(at + 6, (short) type);
        memory.putLong(at + 8, request.cookie);
        memory.putInt(at + 16, length);
    }

    /** Adds a request that is over; what it has to send lies there. It goes out with the next {@link #send}. */
    void add(Request request, int at, int length) {
        request.replyAt = at;
        request.replyLength = length;
        ready[readyCount++] = request;
    }

    boolean isEmpty() {
        return readyCount == 0;
    }

    /** Writes what is ready. */
    void send(Wire wire) throws IOException {
        int count = 0;
        int end = -1;
        for (int i = 0; i < readyCount; i++) {
            Request request = ready[i];
            int from = request.replyAt;
            if (request.replyLength == 0) {
                continue;
            }
            if (from == end) {
                end += request.replyLength;
                pieces[count - 1].limit(end);
                continue;
            }
            if (count == PIECES) {
                wire.write(pieces, count);
                count = 0;
            }
            end = from + request.replyLength;
            pieces[count++].clear().limit(end).position(from);
        }
        if (count > 0) {
            wire.write(pieces, count);
        }
    }

    /** The next request that was ready, sent or not; its room is free again. Null: there is none. */
    @Nullable
    Request takeOver() {
        if (readyCount == 0) {
            strip = 0;
            return null;
        }
        Request request = ready[--readyCount];
        if (request.dataRegion >= 0) {
            used -= regions.release(request.dataRegion);
        }
        return request;
    }
}

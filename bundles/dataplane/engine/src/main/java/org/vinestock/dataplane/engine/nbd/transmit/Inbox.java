package org.vinestock.dataplane.engine.nbd.transmit;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.vinestock.dataplane.engine.nbd.Wire;

/**
 * The bytes that came from a client: a ring that is filled by long reads and consumed by requests. Payloads are written
 * to the device from where they lie, so they stay until the device has done with them.
 *
 * <p>Owned by the connection's lock, save {@link #fill}: it touches only what is free.
 */
final class Inbox {
    private static final int SHORT = 32 << 10;

    private final ByteBuffer ring;
    private final ByteBuffer free;
    private final ByteBuffer torn = ByteBuffer.allocate(Command.REQUEST_LENGTH);
    private final Regions payloads;
    private final int capacity;
    private int parsed;
    private int available;
    private int used;

    Inbox(ByteBuffer ring, int slots) {
        this.ring = ring;
        free = ring.duplicate();
        capacity = ring.capacity();
        payloads = new Regions(slots);
    }

    /** Bytes that have come and are not consumed. */
    int available() {
        return available;
    }

    /** Where the next byte to consume lies, in the ring's buffer. */
    int position() {
        return parsed;
    }

    /** Bytes that can be consumed without going round the ring's end, come or not. */
    int untilEnd() {
        return capacity - parsed;
    }

    boolean hasRoom() {
        return used < capacity && !payloads.full();
    }

    ByteBuffer view() {
        return ring.duplicate();
    }

    /** Makes the next {@link #fill} as long as it can be. */
    void prepare() {
        if (payloads.none()) {
            if (available == 0) {
                parsed = 0;
            } else if (parsed > 0 && capacity - parsed - available < SHORT && parsed + available <= capacity) {
                moveToFront();
            }
        }
        int from = parsed + available;
        if (from >= capacity) {
            from -= capacity;
        }
        free.limit(Math.min(capacity, from + capacity - used)).position(from);
    }

    private void moveToFront() {
        free.limit(parsed + available).position(parsed);
        ByteBuffer front = ring;
        front.clear();
        front.put(free);
        parsed = 0;
    }

    /** Waits for bytes; fewer than 0: the client will send no more. The connection's lock is not needed. */
    int fill(Wire wire) throws IOException {
        return wire.read(free);
    }

    void filled(int bytes) {
        available += bytes;
        used += bytes;
    }

    /** The header that comes next, at the position of the buffer that is returned. */
    ByteBuffer header() {
        if (untilEnd() >= Command.REQUEST_LENGTH) {
            ring.limit(capacity).position(parsed);
            return ring;
        }
        for (int i = 0; i < Command.REQUEST_LENGTH; i++) {
            int at = parsed + i;
            torn.put(i, ring.get(at >= capacity ? at - capacity : at));
        }
        torn.clear();
        return torn;
    }

    /** Gives bytes up. */
    void consume(int bytes) {
        advance(bytes);
        if (payloads.none()) {
            used -= bytes;
        } else {
            payloads.addToNewest(bytes);
        }
    }

    /** Consumes bytes that the device still needs; the number is for {@link #release}. */
    int keep(int bytes) {
        advance(bytes);
        return payloads.take(bytes);
    }

    private void advance(int bytes) {
        parsed += bytes;
        if (parsed >= capacity) {
            parsed -= capacity;
        }
        available -= bytes;
    }

    void release(int payload) {
        used -= payloads.release(payload);
    }
}

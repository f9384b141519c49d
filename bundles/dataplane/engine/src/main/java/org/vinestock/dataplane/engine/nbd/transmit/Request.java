package org.vinestock.dataplane.engine.nbd.transmit;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.block.Completion;
import org.vinestock.dataplane.engine.block.Status;

/**
 * A request, or a piece of a long one, on its way through the device. A connection has a fixed number of them and uses
 * them again and again.
 *
 * <p>Owned by the connection's lock, save {@link #done}, which the device calls on any thread, and {@link #next}, which
 * belongs to whoever pushed it.
 */
final class Request implements Completion {
    private final InFlight owner;

    /** Views of the connection's memory, so that none has to be made for a request. */
    final ByteBuffer payload;

    final ByteBuffer reply;
    final ExtentList extents = new ExtentList();

    int command;
    int flags;
    long cookie;
    long offset;
    long length;

    /** Where its reply lies in the outbox, and how long it is; 0: it sends none. */
    int replyAt;

    int replyLength;

    /** The room for data in the outbox, where it begins and its number; -1: none. */
    int dataAt;

    int dataRegion;

    /** The payload's number in the inbox; -1: none. */
    int payloadRegion;

    /** The error to answer with, 0: none. */
    int error;

    Status status = Status.OK;

    /** The request that this is a piece of. */
    @Nullable
    Request whole;

    /** Pieces that are not done, and one while more may come. */
    int pieces;

    /** How far a chain of steps has come: contexts of a block status, a flush behind a trim. */
    int step;

    /** Where the reply's chunk begins that is being written. */
    int statusAt;

    @Nullable
    Request next;

    Request(InFlight owner, ByteBuffer payload, ByteBuffer reply) {
        this.owner = owner;
        this.payload = payload;
        this.reply = reply;
    }

    @Override
    public void done(Status how) {
        status = how;
        owner.completed(this);
    }

    void reset() {
        replyLength = 0;
        dataRegion = -1;
        payloadRegion = -1;
        error = 0;
        status = Status.OK;
        whole = null;
        step = 0;
        pieces = 1;
    }

    boolean durable() {
        return (flags & Command.FUA) != 0;
    }
}

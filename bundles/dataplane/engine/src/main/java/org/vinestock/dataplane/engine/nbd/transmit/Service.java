package org.vinestock.dataplane.engine.nbd.transmit;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.block.BlockDevice;
import org.vinestock.dataplane.engine.block.DirtyBitmap;
import org.vinestock.dataplane.engine.block.Status;
import org.vinestock.dataplane.engine.block.Zeroing;
import org.vinestock.dataplane.engine.nbd.Export;
import org.vinestock.dataplane.engine.nbd.MetaContext;

/**
 * What each command does: begins requests on the device, and makes their replies when they are done. Long reads and
 * writes are done in pieces. Owned by the connection's lock.
 */
final class Service {
    /** What is read in one piece; longer reads with {@code DF} are refused. */
    static final int READ_PIECE = 256 << 10;

    private static final int WRITE_PIECE = 128 << 10;
    private static final int MOST_EXTENTS = 512;

    private final Transmission transmission;
    private final Export export;
    private final BlockDevice device;
    private final Agreement agreement;
    private final Inbox inbox;
    private final Outbox outbox;

    /** The write whose payload is coming, and how much of it is to come. */
    private @Nullable Request writing;

    private long payloadLeft;
    private boolean disconnected;

    Service(Transmission transmission, Agreement agreement, Inbox inbox, Outbox outbox) {
        this.transmission = transmission;
        this.agreement = agreement;
        export = agreement.export();
        device = export.device();
        this.inbox = inbox;
        this.outbox = outbox;
    }

    boolean disconnected() {
        return disconnected;
    }

    /** Begins all requests that have come, and returns how many. */
    int parse() throws IOException {
        int begun = 0;
        while (!disconnected && !transmission.isBroken()) {
            if (writing != null) {
                if (!takePayload(writing)) {
                    return begun;
                }
            } else {
                if (inbox.available() < Command.REQUEST_LENGTH) {
                    return begun;
                }
                begin(inbox.header());
                begun++;
            }
            transmission.settle();
        }
        return begun;
    }

    private void begin(ByteBuffer header) throws IOException {
        int at = header.position();
        if (header.getInt(at) != Command.REQUEST_MAGIC) {
            throw new IOException("a request does not begin as one");
        }
        int command = header.getShort(at + 6) & 0xffff;
        int flags = header.getShort(at + 4) & 0xffff;
        long cookie = header.getLong(at + 8);
        long offset = header.getLong(at + 16);
        long length = header.getInt(at + 24) & 0xffffffffL;
        inbox.consume(Command.REQUEST_LENGTH);
        if (command == Command.DISCONNECT) {
            disconnected = true;
            return;
        }
        if (command == Command.WRITE && length > Command.MAX_PAYLOAD) {
            throw new IOException("a payload is longer than was agreed on");
        }
        Request request = transmission.take();
        request.command = command;
        request.flags = flags;
        request.cookie = cookie;
        request.offset = offset;
        request.length = length;
        request.error = Refusal.of(request, export, agreement);
        if (command == Command.WRITE && length > 0) {
            writing = request;
            payloadLeft = length;
        } else if (request.error != 0) {
            complete(request);
        } else {
            dispatch(request);
        }
    }

    private void dispatch(Request request) throws IOException {
        long offset = request.offset;
        long length = request.length;
        switch (request.command) {
            case Command.READ -> read(request);
            case Command.WRITE -> complete(request);
            case Command.CACHE -> readPieces(request, 0);
            case Command.FLUSH -> {
                export.traffic().flush();
                device.flush(request);
            }
            case Command.TRIM -> {
                export.traffic().other();
                device.discard(offset, length, request);
            }
            case Command.WRITE_ZEROES -> {
                export.traffic().write(offset, length);
                device.writeZeroes(offset, length, zeroing(request.flags), request.durable(), request);
            }
            case Command.BLOCK_STATUS -> {
                export.traffic().other();
                transmission.reserve(request, agreement.contexts().size() * (24 + 8 * MOST_EXTENTS));
                request.reply.limit(request.reply.capacity()).position(request.dataAt);
                askStatus(request);
            }
            case Command.RESIZE -> {
                transmission.drain(1);
                device.resize(offset, request);
            }
            default -> throw new IllegalStateException("command " + request.command + " was not refused");
        }
    }

    private static Zeroing zeroing(int flags) {
        if ((flags & Command.FAST_ZERO) != 0) {
            return Zeroing.FAST_ONLY;
        }
        return (flags & Command.NO_HOLE) != 0 ? Zeroing.KEEP_ALLOCATED : Zeroing.MAY_UNMAP;
    }

    // Reads

    private void read(Request request) throws IOException {
        export.traffic().read(request.offset, request.length);
        int header = agreement.structured() ? Command.CHUNK_LENGTH + 8 : Command.SIMPLE_REPLY_LENGTH;
        if (request.length == 0) {
            complete(request);
        } else if (request.length <= READ_PIECE) {
            readInto(request, header);
        } else if (agreement.structured()) {
            readPieces(request, header);
        } else {
            readInOrder(request);
        }
    }

    private void readInto(Request piece, int header) {
        int bytes = (int) piece.length;
        transmission.reserve(piece, header + bytes);
        int from = piece.dataAt + header;
        piece.reply.limit(from + bytes).position(from);
        device.read(piece.offset, piece.reply, piece);
    }

    /** Each piece is a chunk of its own, in any order. */
    private void readPieces(Request whole, int header) {
        if (whole.command == Command.CACHE) {
            export.traffic().other();
        }
        for (long from = 0; from < whole.length; from += READ_PIECE) {
            Request piece = pieceOf(whole, whole.offset + from, Math.min(READ_PIECE, whole.length - from));
            readInto(piece, header);
            transmission.settle();
        }
        end(whole);
    }

    /** Without chunks all data follows one header, so nothing else may go out in between, and an error can only be told before. */
    private void readInOrder(Request whole) throws IOException {
        transmission.drain(1);
        for (long from = 0; from < whole.length; from += READ_PIECE) {
            Request piece = pieceOf(whole, whole.offset + from, Math.min(READ_PIECE, whole.length - from));
            readInto(piece, from == 0 ? Command.SIMPLE_REPLY_LENGTH : 0);
            transmission.drain(1);
            if (whole.error != 0 && from == 0) {
                break;
            }
            if (whole.error != 0) {
                outbox.add(whole, 0, 0);
                throw new IOException("a read failed behind data that was sent");
            }
        }
        end(whole);
    }

    // Writes

    /** Hands on payload that has come; false: more has to come first. */
    private boolean takePayload(Request request) {
        int come = (int) Math.min(payloadLeft, inbox.available());
        if (request.error != 0) {
            inbox.consume(come);
            payloadLeft -= come;
            if (payloadLeft > 0) {
                return false;
            }
            writing = null;
            end(request);
            return true;
        }
        int bytes = (int) Math.min(Math.min(payloadLeft, WRITE_PIECE), inbox.untilEnd());
        if (come < bytes) {
            return false;
        }
        boolean isWhole = bytes == request.length;
        Request piece = isWhole ? request : pieceOf(request, request.offset + request.length - payloadLeft, bytes);
        payloadLeft -= bytes;
        boolean last = payloadLeft == 0;
        if (last) {
            writing = null;
            export.traffic().write(request.offset, request.length);
        }
        int at = inbox.position();
        piece.payloadRegion = inbox.keep(bytes);
        piece.payload.limit(at + bytes).position(at);
        device.write(piece.offset, piece.payload, request.durable(), piece);
        if (last && !isWhole) {
            end(request);
        }
        return true;
    }

    /** The client sends nothing more: a write whose payload is not complete will never be. */
    void endOfInput() {
        Request torn = writing;
        if (torn != null) {
            writing = null;
            torn.error = Command.EINVAL;
            end(torn);
        }
    }

    private Request pieceOf(Request whole, long offset, long length) {
        Request piece = transmission.take();
        piece.whole = whole;
        piece.command = whole.command;
        piece.cookie = whole.cookie;
        piece.offset = offset;
        piece.length = length;
        whole.pieces++;
        return piece;
    }

    // What completed

    /** Goes on with a request that the device has done with. */
    void finish(Request request) {
        if (request.payloadRegion >= 0) {
            inbox.release(request.payloadRegion);
            request.payloadRegion = -1;
        }
        if (request.error == 0) {
            request.error = Refusal.of(request.status, request);
        }
        Request whole = request.whole;
        if (whole == null) {
            if (request.error != 0 || !goOn(request)) {
                complete(request);
            }
            return;
        }
        if (whole.error == 0) {
            whole.error = request.error;
        }
        if (request.error != 0 || request.command != Command.READ) {
            outbox.add(request, 0, 0);
        } else if (agreement.structured()) {
            outbox.addDataChunk(request, false);
        } else if (request.offset == whole.offset) {
            outbox.addData(request);
        } else {
            outbox.add(request, request.dataAt, (int) request.length);
        }
        end(whole);
    }

    /** One piece less of a long request, or the last one was begun. */
    private void end(Request whole) {
        if (--whole.pieces == 0) {
            complete(whole);
        }
    }

    /** Begins the request's next step; false: there is none. */
    private boolean goOn(Request request) {
        if (request.command == Command.BLOCK_STATUS) {
            endStatus(request);
            if (++request.step == agreement.contexts().size()) {
                return false;
            }
            askStatus(request);
            return true;
        }
        if (request.command == Command.TRIM && request.durable() && request.step++ == 0) {
            device.flush(request);
            return true;
        }
        return false;
    }

    private void askStatus(Request request) {
        MetaContext context = agreement.contexts().get(request.step);
        ByteBuffer reply = request.reply;
        request.statusAt = reply.position();
        reply.position(reply.position() + Command.CHUNK_LENGTH);
        reply.putInt(context.id());
        boolean one = (request.flags & Command.ONE_EXTENT) != 0;
        DirtyBitmap bitmap = context.bitmap();
        request.extents.begin(reply, bitmap == null, request.length, one ? 1 : MOST_EXTENTS);
        if (bitmap == null) {
            device.extents(request.offset, request.length, request.extents, request);
        } else {
            request.extents.addAll(bitmap, request.offset, request.length);
            request.done(Status.OK);
        }
    }

    private void endStatus(Request request) {
        if (request.extents.count() == 0) {
            request.extents.extent(request.length, 1, 0);
        }
        int end = request.reply.position();
        boolean last = request.step + 1 == agreement.contexts().size();
        outbox.chunk(
                request,
                request.statusAt,
                last ? Command.CHUNK_DONE : 0,
                Command.CHUNK_BLOCK_STATUS,
                end - request.statusAt - Command.CHUNK_LENGTH);
    }

    /** Makes the reply to a request that is over. */
    private void complete(Request request) {
        boolean chunked =
                agreement.structured() && (request.command == Command.READ || request.command == Command.BLOCK_STATUS);
        boolean inPieces = request.length > READ_PIECE;
        if (!chunked) {
            if (request.command == Command.READ && request.error == 0 && request.length > 0) {
                if (inPieces) {
                    outbox.add(request, 0, 0);
                } else {
                    outbox.addData(request);
                }
            } else {
                outbox.addEnd(request, request.error);
            }
        } else if (request.error == 0 && request.command == Command.BLOCK_STATUS) {
            outbox.add(request, request.dataAt, request.reply.position() - request.dataAt);
        } else if (request.error == 0 && request.length > 0 && !inPieces) {
            outbox.addDataChunk(request, true);
        } else {
            outbox.addLastChunk(request, request.error);
        }
    }
}

package org.vinestock.qemu.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One connected socket. {@link #send} and {@link #close} may be called by any thread and never wait; all else happens on
 * the thread of the {@link SocketLoop}.
 */
public final class Link {
    /** So much may wait to be written; the other side does not read if it gets more. */
    static final int BACKLOG_BYTES = 4 << 20;

    private final SocketLoop loop;
    private final SocketChannel channel;
    private final Receiver receiver;

    /** Guarded by itself, and so are the two below. */
    private final ArrayDeque<ByteBuffer> backlog = new ArrayDeque<>();

    private long waiting;
    private boolean closed;

    /** Set once, by the loop, before anything happens. */
    private @Nullable SelectionKey key;

    Link(SocketLoop loop, SocketChannel channel, Receiver receiver) {
        this.loop = loop;
        this.channel = channel;
        this.receiver = receiver;
    }

    void registered(SelectionKey made) {
        key = made;
    }

    /**
     * Sends bytes after those sent before. Nothing happens on a link that is closed; whoever sends more than the other side
     * reads closes it.
     */
    public void send(byte[] bytes) {
        boolean tooMuch;
        synchronized (backlog) {
            if (closed) {
                return;
            }
            waiting += bytes.length;
            tooMuch = waiting > BACKLOG_BYTES;
            backlog.add(ByteBuffer.wrap(bytes));
        }
        if (tooMuch) {
            loop.run(() -> end("it does not read: " + waiting + " bytes wait"));
        } else {
            loop.run(this::write);
        }
    }

    /** Closes it. A second call does nothing. */
    public void close() {
        loop.run(() -> end(null));
    }

    /** On the loop's thread. */
    void write() {
        try {
            synchronized (backlog) {
                while (!closed && !backlog.isEmpty()) {
                    ByteBuffer next = backlog.getFirst();
                    waiting -= channel.write(next);
                    if (next.hasRemaining()) {
                        break;
                    }
                    backlog.removeFirst();
                }
                if (!closed && key != null) {
                    key.interestOps(SelectionKey.OP_READ | (backlog.isEmpty() ? 0 : SelectionKey.OP_WRITE));
                }
            }
        } catch (IOException e) {
            end(String.valueOf(e.getMessage()));
        }
    }

    /** On the loop's thread. */
    void read(ByteBuffer into) {
        try {
            into.clear();
            int count = channel.read(into);
            if (count < 0) {
                end("the other side closed it");
                return;
            }
            into.flip();
        } catch (IOException e) {
            end(String.valueOf(e.getMessage()));
            return;
        }
        try {
            receiver.received(into);
        } catch (RuntimeException e) {
            end(String.valueOf(e.getMessage()));
        }
    }

    /** On the loop's thread, or after it ended. */
    void end(@Nullable String because) {
        synchronized (backlog) {
            if (closed) {
                return;
            }
            closed = true;
            backlog.clear();
        }
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone either way
        }
        receiver.closed(because);
    }
}

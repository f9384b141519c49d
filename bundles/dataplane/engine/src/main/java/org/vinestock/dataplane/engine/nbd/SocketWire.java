package org.vinestock.dataplane.engine.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A client's socket. */
final class SocketWire implements Wire {
    private final SocketChannel socket;
    private volatile long since;

    SocketWire(SocketChannel socket) {
        this.socket = socket;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return socket.read(into);
    }

    @Override
    public void write(ByteBuffer[] from, int count) throws IOException {
        since = System.nanoTime() | 1;
        if (count == 1) {
            while (from[0].hasRemaining()) {
                socket.write(from[0]);
            }
        } else {
            for (int first = 0; first < count; ) {
                socket.write(from, first, count - first);
                while (first < count && !from[first].hasRemaining()) {
                    first++;
                }
            }
        }
        since = 0;
    }

    @Override
    public long writingSince() {
        return since;
    }

    @Override
    public void endInput() {
        try {
            socket.shutdownInput();
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}

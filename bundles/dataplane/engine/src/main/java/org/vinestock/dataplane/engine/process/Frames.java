package org.vinestock.dataplane.engine.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Messages over a socket: four bytes of length, then JSON in UTF-8. One thread reads; any may send meanwhile. (Streams over a
 * channel would not do: until JDK 19 one that reads keeps the other from writing.)
 */
public final class Frames implements AutoCloseable {
    /** What a message may be long at most. */
    static final int LONGEST = 1 << 20;

    private final SocketChannel socket;

    public Frames(SocketChannel socket) {
        this.socket = socket;
    }

    /** Waits for the next message; empty: the other side is gone. */
    public Optional<Map<String, @Nullable Object>> receive() throws IOException {
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        if (!fill(length)) {
            return Optional.empty();
        }
        int bytes = length.getInt(0);
        if (bytes < 0 || bytes > LONGEST) {
            throw new IOException("a message is too long: " + (bytes & 0xffffffffL) + " bytes");
        }
        ByteBuffer message = ByteBuffer.allocate(bytes);
        if (!fill(message)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.object(new String(message.array(), StandardCharsets.UTF_8)));
        } catch (Json.MalformedException e) {
            throw new IOException("a message is no JSON: " + e.getMessage(), e);
        }
    }

    /** False: the other side is gone before all was there. */
    private boolean fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (socket.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }

    public synchronized void send(Map<String, ? extends @Nullable Object> message) throws IOException {
        byte[] bytes = Json.write(message).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST) {
            throw new IOException("a message of " + bytes.length + " bytes is too long");
        }
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + bytes.length);
        frame.putInt(bytes.length).put(bytes).flip();
        while (frame.hasRemaining()) {
            socket.write(frame);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

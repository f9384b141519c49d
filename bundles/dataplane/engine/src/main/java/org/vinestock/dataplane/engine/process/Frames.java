package org.vinestock.dataplane.engine.process;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages over a socket: four bytes of length, then JSON in UTF-8. One thread reads; any may send. */
public final class Frames implements AutoCloseable {
    /** What a message may be long at most. */
    static final int LONGEST = 1 << 20;

    private final SocketChannel socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    public Frames(SocketChannel socket) {
        this.socket = socket;
        in = new DataInputStream(Channels.newInputStream(socket));
        out = new DataOutputStream(new java.io.BufferedOutputStream(Channels.newOutputStream(socket)));
    }

    /** Waits for the next message; empty: the other side is gone. */
    public Optional<Map<String, @Nullable Object>> receive() throws IOException {
        int length;
        try {
            length = in.readInt();
        } catch (EOFException e) {
            return Optional.empty();
        }
        if (length < 0 || length > LONGEST) {
            throw new IOException("a message is too long: " + (length & 0xffffffffL) + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.object(new String(bytes, StandardCharsets.UTF_8)));
        } catch (Json.MalformedException e) {
            throw new IOException("a message is no JSON: " + e.getMessage(), e);
        }
    }

    public synchronized void send(Map<String, ? extends @Nullable Object> message) throws IOException {
        byte[] bytes = Json.write(message).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST) {
            throw new IOException("a message of " + bytes.length + " bytes is too long");
        }
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package org.vinestock.dataplane.engine.nbd;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.LongToIntFunction;
import java.util.function.LongUnaryOperator;

/** An NBD client written from the protocol document alone, that can do what no decent client does. */
final class RawClient implements AutoCloseable {
    static final class OptionReply {
        private final int type;
        private final byte[] data;

        OptionReply(int type, byte[] data) {
            this.type = type;
            this.data = data;
        }

        int type() {
            return type;
        }

        byte[] data() {
            return data;
        }

        String text() {
            return new String(data, StandardCharsets.UTF_8);
        }
    }

    /** What a request was answered with; data is in the order of the offsets. */
    static final class Reply {
        private final long cookie;
        private final int error;
        private final byte[] data;
        private final List<long[]> extents;
        private final int chunks;

        Reply(long cookie, int error, byte[] data, List<long[]> extents, int chunks) {
            this.cookie = cookie;
            this.error = error;
            this.data = data;
            this.extents = extents;
            this.chunks = chunks;
        }

        long cookie() {
            return cookie;
        }

        int error() {
            return error;
        }

        byte[] data() {
            return data;
        }

        List<long[]> extents() {
            return extents;
        }

        int chunks() {
            return chunks;
        }
    }

    final SocketChannel socket;
    final DataOutputStream out;
    final DataInputStream in;
    private final Map<Long, Partial> partials = new HashMap<>();
    boolean structured;
    long size;
    int flags;

    RawClient(Path path) throws IOException {
        socket = SocketChannel.open(StandardProtocolFamily.UNIX);
        socket.connect(UnixDomainSocketAddress.of(path));
        out = new DataOutputStream(new java.io.BufferedOutputStream(Channels.newOutputStream(socket), 1 << 16));
        in = new DataInputStream(new java.io.BufferedInputStream(Channels.newInputStream(socket), 1 << 16));
    }

    /** Connected, and agreed on the export with or without structured replies. */
    static RawClient ready(Path path, String export, boolean structured, String... contexts) throws IOException {
        RawClient client = new RawClient(path);
        client.greet(3);
        if (structured) {
            client.option(8);
            client.structured = true;
        }
        if (contexts.length > 0) {
            client.option(10, contextQuery(export, contexts));
        }
        client.go(export);
        return client;
    }

    void greet(int clientFlags) throws IOException {
        if (in.readLong() != 0x4e42444d41474943L || in.readLong() != 0x49484156454f5054L || in.readShort() != 3) {
            throw new IOException("that is no greeting");
        }
        out.writeInt(clientFlags);
        out.flush();
    }

    void go(String export) throws IOException {
        for (OptionReply reply : option(7, infoQuery(export, 0, 3))) {
            if (reply.type == 3 && reply.data[1] == 0) {
                ByteBuffer info = ByteBuffer.wrap(reply.data);
                size = info.getLong(2);
                flags = info.getShort(10) & 0xffff;
            } else if (reply.type < 0) {
                throw new IOException(reply.text());
            }
        }
    }

    static byte[] infoQuery(String export, int... infos) {
        byte[] name = export.getBytes(StandardCharsets.UTF_8);
        ByteBuffer query = ByteBuffer.allocate(6 + name.length + 2 * infos.length);
        query.putInt(name.length).put(name).putShort((short) infos.length);
        for (int info : infos) {
            query.putShort((short) info);
        }
        return query.array();
    }

    static byte[] contextQuery(String export, String... contexts) {
        ByteBuffer query = ByteBuffer.allocate(4096);
        byte[] name = export.getBytes(StandardCharsets.UTF_8);
        query.putInt(name.length).put(name).putInt(contexts.length);
        for (String context : contexts) {
            byte[] text = context.getBytes(StandardCharsets.UTF_8);
            query.putInt(text.length).put(text);
        }
        return java.util.Arrays.copyOf(query.array(), query.position());
    }

    void sendOption(int option, byte... data) throws IOException {
        out.writeLong(0x49484156454f5054L);
        out.writeInt(option);
        out.writeInt(data.length);
        out.write(data);
        out.flush();
    }

    /** Sends an option and reads replies up to the last one. */
    List<OptionReply> option(int option, byte... data) throws IOException {
        sendOption(option, data);
        List<OptionReply> replies = new ArrayList<>();
        while (true) {
            if (in.readLong() != 0x3e889045565a9L || in.readInt() != option) {
                throw new IOException("that is no reply to option " + option);
            }
            int type = in.readInt();
            byte[] content = in.readNBytes(in.readInt());
            replies.add(new OptionReply(type, content));
            if (type == 1 || type < 0) {
                return replies;
            }
        }
    }

    void send(int command, int commandFlags, long cookie, long offset, long length) throws IOException {
        out.writeInt(0x25609513);
        out.writeShort(commandFlags);
        out.writeShort(command);
        out.writeLong(cookie);
        out.writeLong(offset);
        out.writeInt((int) length);
    }

    void flush() throws IOException {
        out.flush();
    }

    void sendWrite(int commandFlags, long cookie, long offset, byte[] data) throws IOException {
        send(1, commandFlags, cookie, offset, data.length);
        out.write(data);
    }

    /** One request, and its reply. */
    Reply call(int command, int commandFlags, long offset, long length) throws IOException {
        send(command, commandFlags, 77, offset, length);
        out.flush();
        return reply((int) Math.min(length, 64 << 20), offset, command == 0);
    }

    Reply write(long offset, byte... data) throws IOException {
        sendWrite(0, 78, offset, data);
        out.flush();
        return reply(0, offset, false);
    }

    /** The next reply, which must be complete before another one begins, unless it comes in chunks. */
    Reply reply(int length, long offset, boolean reads) throws IOException {
        return next(id -> length, id -> offset, id -> reads);
    }

    /** The next reply that is complete; chunks of several may come mixed. */
    Reply next(LongToIntFunction length, LongUnaryOperator offset, LongPredicate reads) throws IOException {
        while (true) {
            int magic = in.readInt();
            if (magic == 0x67446698) {
                int error = in.readInt();
                long cookie = in.readLong();
                boolean data = reads.test(cookie) && error == 0;
                return new Reply(
                        cookie, error, data ? in.readNBytes(length.applyAsInt(cookie)) : new byte[0], List.of(), 1);
            }
            if (magic != 0x668e33ef) {
                throw new IOException("that is no reply: " + Integer.toHexString(magic));
            }
            int chunkFlags = in.readShort();
            int type = in.readShort() & 0xffff;
            long cookie = in.readLong();
            ByteBuffer content = ByteBuffer.wrap(in.readNBytes(in.readInt()));
            Partial partial = partials.computeIfAbsent(
                    cookie, id -> new Partial(new byte[reads.test(id) ? length.applyAsInt(id) : 0]));
            partial.take(type, content, offset.applyAsLong(cookie));
            if ((chunkFlags & 1) != 0) {
                partials.remove(cookie);
                return new Reply(cookie, partial.error, partial.data, partial.extents, partial.chunks);
            }
        }
    }

    private static final class Partial {
        final byte[] data;
        final List<long[]> extents = new ArrayList<>();
        int error;
        int chunks;

        Partial(byte[] data) {
            this.data = data;
        }

        void take(int type, ByteBuffer content, long offset) {
            chunks++;
            if (type == 1) {
                content.get(8, data, (int) (content.getLong(0) - offset), content.capacity() - 8);
            } else if (type == 5) {
                for (int at = 4; at < content.capacity(); at += 8) {
                    extents.add(new long[] {content.getInt(0), content.getInt(at), content.getInt(at + 4)});
                }
            } else if (type != 0) {
                error = content.getInt(0);
            }
        }
    }

    /** Whether the server has ended the connection, save for bytes that were still under way. */
    boolean ended() {
        try {
            while (in.read() >= 0) {
                // Something was still under way.
            }
            return true;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

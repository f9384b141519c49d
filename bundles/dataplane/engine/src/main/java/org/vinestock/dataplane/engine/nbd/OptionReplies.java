package org.vinestock.dataplane.engine.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.vinestock.dataplane.engine.nbd.transmit.Command;

/** What the server says while negotiating, and the numbers for it. */
final class OptionReplies {
    static final long GREETING = 0x4e42444d41474943L;
    static final long OPTION_MAGIC = 0x49484156454f5054L;
    private static final long REPLY_MAGIC = 0x3e889045565a9L;

    static final int EXPORT_NAME = 1;
    static final int ABORT = 2;
    static final int LIST = 3;
    static final int STARTTLS = 5;
    static final int INFO = 6;
    static final int GO = 7;
    static final int STRUCTURED_REPLY = 8;
    static final int LIST_META_CONTEXT = 9;
    static final int SET_META_CONTEXT = 10;

    static final int ACK = 1;
    private static final int SERVER = 2;
    private static final int REP_INFO = 3;
    private static final int META_CONTEXT = 4;
    static final int ERR_UNSUP = 0x80000001;
    static final int ERR_POLICY = 0x80000002;
    static final int ERR_INVALID = 0x80000003;
    static final int ERR_TLS_REQD = 0x80000005;
    static final int ERR_UNKNOWN = 0x80000006;
    static final int ERR_TOO_BIG = 0x80000009;

    private static final int INFO_EXPORT = 0;
    private static final int INFO_NAME = 1;
    private static final int INFO_DESCRIPTION = 2;
    private static final int INFO_BLOCK_SIZE = 3;

    private static final int HAS_FLAGS = 1;
    private static final int READ_ONLY = 1 << 1;
    private static final int SEND_FLUSH = 1 << 2;
    private static final int SEND_FUA = 1 << 3;
    private static final int SEND_TRIM = 1 << 5;
    private static final int SEND_WRITE_ZEROES = 1 << 6;
    private static final int SEND_DF = 1 << 7;
    private static final int CAN_MULTI_CONN = 1 << 8;
    private static final int SEND_RESIZE = 1 << 9;
    private static final int SEND_CACHE = 1 << 10;
    private static final int SEND_FAST_ZERO = 1 << 11;

    private Wire wire;
    private int option;

    OptionReplies(Wire wire) {
        this.wire = wire;
    }

    void moveTo(Wire other) {
        wire = other;
    }

    /** The option that all that follows answers. */
    void begin(int number) {
        option = number;
    }

    /** What a client may do with an export. */
    static int transmissionFlags(Export export, boolean structured) {
        int flags = HAS_FLAGS | SEND_FLUSH | SEND_FUA | CAN_MULTI_CONN | SEND_CACHE;
        flags |= export.writable() ? SEND_TRIM | SEND_WRITE_ZEROES | SEND_FAST_ZERO : READ_ONLY;
        flags |= structured ? SEND_DF : 0;
        flags |= export.writable() && export.resizable() ? SEND_RESIZE : 0;
        return flags;
    }

    void greet() throws IOException {
        ByteBuffer greeting = ByteBuffer.allocate(18);
        greeting.putLong(GREETING).putLong(OPTION_MAGIC).putShort((short) 3);
        write(greeting);
    }

    void send(int type, byte[]... data) throws IOException {
        int length = 0;
        for (byte[] part : data) {
            length += part.length;
        }
        ByteBuffer reply = ByteBuffer.allocate(20 + length);
        reply.putLong(REPLY_MAGIC).putInt(option).putInt(type).putInt(length);
        for (byte[] part : data) {
            reply.put(part);
        }
        write(reply);
    }

    void server(Export export) throws IOException {
        byte[] name = bytes(export.name());
        send(SERVER, ByteBuffer.allocate(4).putInt(name.length).array(), name, bytes(export.description()));
    }

    void context(int id, String name) throws IOException {
        send(META_CONTEXT, ByteBuffer.allocate(4).putInt(id).array(), bytes(name));
    }

    void exportName(Export export, int flags, boolean noZeroes) throws IOException {
        ByteBuffer reply = ByteBuffer.allocate(10 + (noZeroes ? 0 : 124));
        reply.putLong(export.device().size()).putShort((short) flags);
        write(reply.position(reply.capacity()));
    }

    void info(Export export, int flags, Set<Integer> wanted) throws IOException {
        ByteBuffer info = ByteBuffer.allocate(12);
        info.putShort((short) INFO_EXPORT).putLong(export.device().size()).putShort((short) flags);
        send(REP_INFO, info.array());
        if (wanted.contains(INFO_NAME)) {
            send(REP_INFO, new byte[] {0, INFO_NAME}, bytes(export.name()));
        }
        if (wanted.contains(INFO_DESCRIPTION) && !export.description().isEmpty()) {
            send(REP_INFO, new byte[] {0, INFO_DESCRIPTION}, bytes(export.description()));
        }
        if (wanted.contains(INFO_BLOCK_SIZE)) {
            int preferred = Math.max(4096, Math.min(1 << 20, export.device().preferredLength()));
            ByteBuffer sizes = ByteBuffer.allocate(14);
            sizes.putShort((short) INFO_BLOCK_SIZE).putInt(1).putInt(preferred).putInt(Command.MAX_PAYLOAD);
            send(REP_INFO, sizes.array());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void write(ByteBuffer reply) throws IOException {
        wire.write(new ByteBuffer[] {reply.flip()}, 1);
    }
}

package org.vinestock.dataplane.engine.nbd;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.nbd.transmit.Agreement;

/**
 * Negotiates with a client: fixed newstyle, until it has chosen an export or goes. Reads no byte further than the option
 * at hand, so that nothing that came before TLS is taken for something that came by it.
 */
final class Handshake {
    private static final int MOST_OPTIONS = 10_000;
    private static final int CLIENT_FIXED = 1;
    private static final int CLIENT_NO_ZEROES = 2;
    private static final int LONGEST_OPTION = 64 << 10;

    /** Makes TLS of a plain wire. */
    @FunctionalInterface
    interface TlsStart {
        Wire over(Wire plain) throws IOException;
    }

    private final Exports exports;
    private final @Nullable TlsStart tls;
    private final boolean tlsRequired;
    private final ByteBuffer header = ByteBuffer.allocate(16);
    private final OptionReplies replies;
    private Wire wire;
    private boolean secured;
    private boolean noZeroes;
    private boolean structured;
    private @Nullable String contextsOf;
    private List<MetaContext> contexts = List.of();

    /**
     * @param tls null: there is no TLS here
     * @param tlsRequired without TLS nothing is told
     */
    Handshake(Wire wire, Exports exports, @Nullable TlsStart tls, boolean tlsRequired) {
        this.wire = wire;
        this.exports = exports;
        this.tls = tls;
        this.tlsRequired = tlsRequired;
        replies = new OptionReplies(wire);
    }

    /** The wire that the client is reached by from now on. */
    Wire wire() {
        return wire;
    }

    /** Negotiates; empty: the client is done without an export. */
    Optional<Agreement> negotiate() throws IOException {
        replies.greet();
        int flags = read(4).getInt();
        if ((flags & ~(CLIENT_FIXED | CLIENT_NO_ZEROES)) != 0) {
            throw new IOException("the client sets flags that it was not offered: " + flags);
        }
        noZeroes = (flags & CLIENT_NO_ZEROES) != 0;
        boolean fixed = (flags & CLIENT_FIXED) != 0;
        for (int i = 0; i < MOST_OPTIONS; i++) {
            ByteBuffer from = read(16);
            if (from.getLong() != OptionReplies.OPTION_MAGIC) {
                throw new IOException("an option does not begin as one");
            }
            int option = from.getInt();
            int length = from.getInt();
            if (!fixed && option != OptionReplies.EXPORT_NAME) {
                throw new IOException("a client that is not fixed newstyle can only name an export");
            }
            if (length < 0 || length > LONGEST_OPTION) {
                throw new IOException("an option is too long: " + (length & 0xffffffffL));
            }
            ByteBuffer data = ByteBuffer.allocate(length);
            readFully(data);
            replies.begin(option);
            Answer answer = answer(option, data.flip());
            if (answer.end) {
                return Optional.ofNullable(answer.agreement);
            }
        }
        throw new IOException("the client does not come to an end");
    }

    private record Answer(boolean end, @Nullable Agreement agreement) {
        static final Answer NEXT = new Answer(false, null);
        static final Answer GONE = new Answer(true, null);
    }

    private Answer answer(int option, ByteBuffer data) throws IOException {
        boolean mute = tlsRequired && !secured;
        if (mute && option != OptionReplies.STARTTLS && option != OptionReplies.ABORT) {
            if (option == OptionReplies.EXPORT_NAME) {
                throw new IOException("the client names an export without TLS");
            }
            return refuse(OptionReplies.ERR_TLS_REQD, "this server speaks TLS only");
        }
        try {
            return switch (option) {
                case OptionReplies.EXPORT_NAME -> exportName(data);
                case OptionReplies.ABORT -> {
                    replies.send(OptionReplies.ACK);
                    yield Answer.GONE;
                }
                case OptionReplies.LIST -> list(data);
                case OptionReplies.STARTTLS -> startTls(data);
                case OptionReplies.INFO, OptionReplies.GO -> info(data, option == OptionReplies.GO);
                case OptionReplies.STRUCTURED_REPLY -> structuredReply(data);
                case OptionReplies.LIST_META_CONTEXT, OptionReplies.SET_META_CONTEXT ->
                    metaContexts(data, option == OptionReplies.SET_META_CONTEXT);
                default -> refuse(OptionReplies.ERR_UNSUP, "option " + option + " is not known here");
            };
        } catch (BufferUnderflowException | CharacterCodingException e) {
            return refuse(OptionReplies.ERR_INVALID, "the option's lengths do not fit, or its text is no UTF-8");
        }
    }

    private Answer refuse(int error, String because) throws IOException {
        replies.send(error, because.getBytes(StandardCharsets.UTF_8));
        return Answer.NEXT;
    }

    private Answer exportName(ByteBuffer data) throws IOException {
        Optional<Export> export = find(text(data, data.remaining()));
        if (export.isEmpty()) {
            throw new IOException("the client names an export that is not there");
        }
        replies.exportName(export.get(), flagsOf(export.get()), noZeroes);
        return new Answer(true, agreed(export.get()));
    }

    private Answer list(ByteBuffer data) throws IOException {
        if (data.hasRemaining()) {
            return refuse(OptionReplies.ERR_INVALID, "a list has no data");
        }
        for (Export export : exports.list()) {
            if (secured || !export.tlsOnly()) {
                replies.server(export);
            }
        }
        replies.send(OptionReplies.ACK);
        return Answer.NEXT;
    }

    private Answer startTls(ByteBuffer data) throws IOException {
        if (data.hasRemaining() || secured) {
            return refuse(OptionReplies.ERR_INVALID, secured ? "this is TLS already" : "TLS has no data");
        }
        if (tls == null) {
            return refuse(OptionReplies.ERR_POLICY, "there is no TLS here");
        }
        replies.send(OptionReplies.ACK);
        wire = tls.over(wire);
        replies.moveTo(wire);
        secured = true;
        structured = false;
        contextsOf = null;
        contexts = List.of();
        return Answer.NEXT;
    }

    private Answer info(ByteBuffer data, boolean go) throws IOException {
        String name = text(data, data.getInt());
        int count = data.getShort() & 0xffff;
        Set<Integer> wanted = new HashSet<>();
        for (int i = 0; i < count; i++) {
            wanted.add(data.getShort() & 0xffff);
        }
        if (data.hasRemaining()) {
            return refuse(OptionReplies.ERR_INVALID, "there is more data than the option says");
        }
        Optional<Export> found = find(name);
        if (found.isEmpty()) {
            return tls != null && !secured
                    ? refuse(OptionReplies.ERR_TLS_REQD, "it is not there, or is given by TLS only")
                    : refuse(OptionReplies.ERR_UNKNOWN, "there is no export '" + name + "'");
        }
        Export export = found.get();
        replies.info(export, flagsOf(export), wanted);
        replies.send(OptionReplies.ACK);
        return go ? new Answer(true, agreed(export)) : Answer.NEXT;
    }

    private Answer structuredReply(ByteBuffer data) throws IOException {
        if (data.hasRemaining()) {
            return refuse(OptionReplies.ERR_INVALID, "this option has no data");
        }
        structured = true;
        replies.send(OptionReplies.ACK);
        return Answer.NEXT;
    }

    private Answer metaContexts(ByteBuffer data, boolean set) throws IOException {
        if (set) {
            contexts = List.of();
            contextsOf = null;
        }
        String name = text(data, data.getInt());
        int count = data.getInt();
        List<String> queries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            queries.add(text(data, data.getInt()));
        }
        if (data.hasRemaining() || count < 0) {
            return refuse(OptionReplies.ERR_INVALID, "the option's lengths do not fit");
        }
        if (set && !structured) {
            return refuse(OptionReplies.ERR_INVALID, "structured replies come first");
        }
        Optional<Export> export = find(name);
        if (export.isEmpty()) {
            return refuse(OptionReplies.ERR_UNKNOWN, "there is no export '" + name + "'");
        }
        List<MetaContext> chosen =
                set ? MetaContext.selected(export.get(), queries) : MetaContext.listed(export.get(), queries);
        if (chosen.size() > MetaContext.MOST && set) {
            return refuse(OptionReplies.ERR_TOO_BIG, "at most " + MetaContext.MOST + " contexts at once");
        }
        for (MetaContext context : chosen) {
            replies.context(set ? context.id() : 0, context.name());
        }
        if (set) {
            contexts = chosen;
            contextsOf = name;
        }
        replies.send(OptionReplies.ACK);
        return Answer.NEXT;
    }

    private Agreement agreed(Export export) {
        return new Agreement(export, structured, export.name().equals(contextsOf) ? contexts : List.of());
    }

    private int flagsOf(Export export) {
        return OptionReplies.transmissionFlags(export, structured);
    }

    private Optional<Export> find(String name) {
        return exports.find(name).filter(export -> secured || !export.tlsOnly());
    }

    private static String text(ByteBuffer data, int length) throws CharacterCodingException {
        if (length < 0 || length > data.remaining() || length > Export.LONGEST_NAME) {
            throw new BufferUnderflowException();
        }
        ByteBuffer bytes = data.slice(data.position(), length);
        data.position(data.position() + length);
        return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    }

    private ByteBuffer read(int length) throws IOException {
        header.clear().limit(length);
        readFully(header);
        return header.flip();
    }

    private void readFully(ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            if (wire.read(into) < 0) {
                throw new EOFException("the client went while negotiating");
            }
        }
    }
}

package org.vinestock.dataplane.engine.nbd;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/** TLS 1.2 or 1.3 over another wire, by a JDK engine, which lets one thread read while another writes. */
final class TlsWire implements Wire {
    private final Wire plain;
    private final SSLEngine engine;

    /** What came and is not decrypted; in the state of being read. */
    private final ByteBuffer cameIn;

    /** What is decrypted and was not asked for yet; in the state of being read. */
    private final ByteBuffer clear;

    private final ByteBuffer[] goesOut = new ByteBuffer[1];
    private final ByteBuffer out;

    private TlsWire(Wire plain, SSLEngine engine) {
        this.plain = plain;
        this.engine = engine;
        int packet = engine.getSession().getPacketBufferSize();
        cameIn = ByteBuffer.allocateDirect(4 * packet).flip();
        clear = ByteBuffer.allocateDirect(2 * engine.getSession().getApplicationBufferSize())
                .flip();
        out = ByteBuffer.allocateDirect(packet);
        goesOut[0] = out;
    }

    /** Waits until the client and this server trust each other. */
    static Wire server(Wire plain, SSLContext context, boolean clientCertificates) throws IOException {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(clientCertificates);
        engine.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        TlsWire wire = new TlsWire(plain, engine);
        wire.handshake();
        return wire;
    }

    private void handshake() throws IOException {
        engine.beginHandshake();
        ByteBuffer nothing = ByteBuffer.allocate(0);
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> wrap(nothing);
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!unwrap()) {
                        throw new EOFException("the client went while TLS was negotiated");
                    }
                }
                case NOT_HANDSHAKING, FINISHED -> {
                    return;
                }
            }
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private void wrap(ByteBuffer from) throws IOException {
        out.clear();
        SSLEngineResult result;
        try {
            result = engine.wrap(from, out);
        } finally {
            out.flip();
        }
        if (out.hasRemaining()) {
            plain.write(goesOut, 1);
        }
        if (result.getStatus() == SSLEngineResult.Status.CLOSED && from.hasRemaining()) {
            throw new SSLException("TLS is closed");
        }
    }

    /** Decrypts a record, or a piece of the negotiation; false: no more comes. */
    private boolean unwrap() throws IOException {
        while (true) {
            clear.compact();
            SSLEngineResult result;
            try {
                result = engine.unwrap(cameIn, clear);
            } finally {
                clear.flip();
            }
            switch (result.getStatus()) {
                case OK -> {
                    return true;
                }
                case CLOSED -> {
                    return false;
                }
                case BUFFER_OVERFLOW -> {
                    return true;
                }
                case BUFFER_UNDERFLOW -> {
                    cameIn.compact();
                    int more;
                    try {
                        more = plain.read(cameIn);
                    } finally {
                        cameIn.flip();
                    }
                    if (more < 0) {
                        return false;
                    }
                }
            }
        }
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        while (!clear.hasRemaining()) {
            if (!unwrap()) {
                return -1;
            }
            if (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_TASK) {
                runTasks();
            }
        }
        int bytes = Math.min(into.remaining(), clear.remaining());
        into.put(into.position(), clear, clear.position(), bytes);
        into.position(into.position() + bytes);
        clear.position(clear.position() + bytes);
        return bytes;
    }

    @Override
    public void write(ByteBuffer[] from, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            while (from[i].hasRemaining()) {
                wrap(from[i]);
            }
        }
    }

    @Override
    public long writingSince() {
        return plain.writingSince();
    }

    @Override
    public void endInput() {
        plain.endInput();
    }

    @Override
    public void close() {
        plain.close();
    }
}

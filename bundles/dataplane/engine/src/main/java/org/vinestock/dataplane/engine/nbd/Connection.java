package org.vinestock.dataplane.engine.nbd;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.nbd.transmit.Agreement;
import org.vinestock.dataplane.engine.nbd.transmit.Transmission;

/**
 * A client from its first byte to its last, on a thread of its own: it is negotiated with, then served. However it ends,
 * what is in flight ends first, and what it wrote is made durable.
 */
final class Connection implements Runnable {
    private final NbdServer server;
    private final Wire plain;
    private final String name;
    private final long since = System.nanoTime();
    private volatile Wire wire;
    private volatile @Nullable Export export;
    private boolean ending;

    Connection(NbdServer server, Wire plain, String name) {
        this.server = server;
        this.plain = plain;
        this.wire = plain;
        this.name = name;
    }

    @Override
    public void run() {
        try {
            Handshake handshake = new Handshake(plain, server.exports(), server.tls(), server.tlsRequired());
            Optional<Agreement> agreement = handshake.negotiate();
            wire = handshake.wire();
            if (agreement.isPresent() && begins(agreement.get().export())) {
                serve(agreement.get());
            }
        } catch (IOException e) {
            server.log().accept(name + " was not served: " + e.getMessage());
        } finally {
            wire.close();
            server.ended(this);
        }
    }

    private void serve(Agreement agreement) {
        Transmission.Memory memory = server.takeMemory();
        try {
            new Transmission(agreement, wire, memory, server.limits().rest().toNanos(), name + "-late").run();
        } finally {
            server.giveBack(memory);
        }
    }

    /** The export, from when it is agreed on. */
    Optional<Export> export() {
        return Optional.ofNullable(export);
    }

    private synchronized boolean begins(Export agreed) {
        export = agreed;
        // Somebody may have withdrawn it while it was negotiated about.
        return !ending
                && server.exports().find(agreed.name()).filter(agreed::equals).isPresent();
    }

    /** Takes no further requests: the client is let go as soon as all is answered. */
    void end() {
        synchronized (this) {
            ending = true;
        }
        if (export == null) {
            wire.close();
        } else {
            wire.endInput();
        }
    }

    /** Gives up a client that negotiates for too long, or does not take what is sent. */
    void giveUpIfSilent(long now) {
        long writing = wire.writingSince();
        ServerLimits limits = server.limits();
        boolean negotiates =
                export == null && now - since > limits.negotiation().toNanos();
        boolean silent = writing != 0 && now - writing > limits.silence().toNanos();
        if (negotiates || silent) {
            server.log().accept(name + (negotiates ? " negotiated" : " took nothing") + " for too long; given up");
            wire.close();
        }
    }
}

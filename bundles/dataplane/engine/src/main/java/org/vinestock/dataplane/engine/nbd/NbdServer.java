package org.vinestock.dataplane.engine.nbd;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.nbd.transmit.Transmission;

/**
 * Listens on unix sockets and TCP ports, and gives the disks of some {@link Exports} to whoever connects.
 *
 * <p><b>Calls.</b> By any thread. <b>State.</b> Devices belong to whoever made the exports; {@link #withdraw} and
 * {@link #close} return when nothing uses them any more. <b>Failure.</b> What a client does wrong goes to the log and ends
 * its connection; what a listener cannot do is thrown by {@link #listen}.
 */
public final class NbdServer implements AutoCloseable {
    private static final int SOCKET_BUFFER = 1 << 20;
    private static final long SWEEP_MILLIS = 1000;

    private final Exports exports;
    private final ServerLimits limits;
    private final @Nullable SSLContext tls;
    private final boolean clientCertificates;
    private final Consumer<String> log;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final List<ServerSocketChannel> listeners = new ArrayList<>();
    private final ArrayDeque<Transmission.Memory> memories = new ArrayDeque<>();
    private final Thread sweeper = new Thread(this::sweep, "vinestock-nbd-sweeper");
    private int made;
    private boolean closed;

    /**
     * @param tls null: no TLS
     * @param clientCertificates clients must show one that the context trusts, and without TLS they are told nothing
     * @param log one line for each client that was not served as it wished
     */
    public NbdServer(
            Exports exports,
            ServerLimits limits,
            @Nullable SSLContext tls,
            boolean clientCertificates,
            Consumer<String> log) {
        this.exports = exports;
        this.limits = limits;
        this.tls = tls;
        this.clientCertificates = clientCertificates;
        this.log = log;
        sweeper.setDaemon(true);
        sweeper.start();
    }

    /** Plain, with the usual limits. */
    public NbdServer(Exports exports) {
        this(exports, ServerLimits.USUAL, null, false, line -> {});
    }

    /**
     * Listens on a unix socket that only this user can connect to. It is bound beside its place and moved there with its
     * mode, so that nobody connects too early, and what a process that died left behind is replaced.
     */
    public void listen(Path socket) throws IOException {
        Path beside = socket.resolveSibling(socket.getFileName() + ".new");
        Files.deleteIfExists(beside);
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(beside), 128);
            Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-------"));
            Files.move(beside, socket, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        start(listener, "unix");
    }

    /** Listens by a unix socket that somebody else has bound, and may go on holding. */
    public void listen(ServerSocketChannel listener) throws IOException {
        start(listener, "unix");
    }

    /** Listens on a TCP port, 0 for any; returns where. */
    public InetSocketAddress listen(InetSocketAddress address) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        listener.bind(address, 128);
        start(listener, "tcp");
        return (InetSocketAddress) listener.getLocalAddress();
    }

    private synchronized void start(ServerSocketChannel listener, String kind) throws IOException {
        if (closed) {
            listener.close();
            throw new IOException("the server is closed");
        }
        listeners.add(listener);
        Thread acceptor = new Thread(() -> accept(listener, kind), "vinestock-nbd-" + kind);
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private void accept(ServerSocketChannel listener, String kind) {
        while (listener.isOpen()) {
            try {
                welcome(listener.accept(), kind);
            } catch (IOException e) {
                if (listener.isOpen()) {
                    log.accept("a client could not be accepted: " + e.getMessage());
                    java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
                }
            }
        }
    }

    private void welcome(SocketChannel socket, String kind) throws IOException {
        Connection connection;
        synchronized (this) {
            if (closed || connections.size() >= limits.clients()) {
                log.accept("a client is turned away: " + limits.clients() + " are here");
                socket.close();
                return;
            }
            String name = "vinestock-nbd-" + kind + "-" + ++made;
            SocketAddress from = socket.getRemoteAddress();
            if (from instanceof InetSocketAddress) {
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            } else {
                // So that a whole batch of replies goes out in one call.
                socket.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
            }
            connection = new Connection(this, new SocketWire(socket), name);
            connections.add(connection);
        }
        Thread thread = new Thread(connection, "vinestock-nbd-" + made);
        thread.setDaemon(true);
        thread.start();
    }

    private void sweep() {
        try {
            while (true) {
                Thread.sleep(SWEEP_MILLIS);
                long now = System.nanoTime();
                connections.forEach(connection -> connection.giveUpIfSilent(now));
            }
        } catch (InterruptedException e) {
            // By close.
        }
    }

    /** Takes an export away: its clients' requests in flight end, then their connections; returns when its device is unused. */
    public void withdraw(String name) throws InterruptedException {
        exports.remove(name)
                .ifPresent(export -> connections.forEach(connection -> {
                    if (connection.export().filter(export::equals).isPresent()) {
                        connection.end();
                    }
                }));
        synchronized (this) {
            while (connections.stream()
                    .anyMatch(one ->
                            one.export().filter(of -> of.name().equals(name)).isPresent())) {
                wait();
            }
        }
    }

    /** Connections there are. */
    public int clients() {
        return connections.size();
    }

    /** Listens no longer, ends all connections as {@link #withdraw} does, and returns when they have ended. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            for (ServerSocketChannel listener : listeners) {
                try {
                    listener.close();
                } catch (IOException e) {
                    log.accept("a listener did not close: " + e.getMessage());
                }
            }
        }
        connections.forEach(Connection::end);
        sweeper.interrupt();
        boolean interrupted = false;
        synchronized (this) {
            while (!connections.isEmpty()) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    // For connections

    Exports exports() {
        return exports;
    }

    ServerLimits limits() {
        return limits;
    }

    Consumer<String> log() {
        return log;
    }

    boolean tlsRequired() {
        return clientCertificates;
    }

    Handshake.@Nullable TlsStart tls() {
        SSLContext context = tls;
        return context == null ? null : plain -> TlsWire.server(plain, context, clientCertificates);
    }

    synchronized Transmission.Memory takeMemory() {
        Transmission.Memory kept = memories.poll();
        return kept != null ? kept : Transmission.Memory.allocate();
    }

    synchronized void giveBack(Transmission.Memory memory) {
        memories.push(memory);
    }

    synchronized void ended(Connection connection) {
        connections.remove(connection);
        notifyAll();
    }
}

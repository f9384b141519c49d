package org.vinestock.qemu.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that reads and writes unix sockets.
 *
 * <p><b>Calls.</b> From any thread, never blocks but for {@link #close}. Receivers are called on the loop's thread.
 */
public final class SocketLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketLoop.class);

    private final Selector selector;
    private final Thread thread;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 << 10);
    private volatile boolean closed;

    private SocketLoop(Selector selector, String name) {
        this.selector = selector;
        this.thread = new Thread(this::turn, name);
        thread.setDaemon(true);
    }

    /** Starts one, whose thread has a name. */
    public static SocketLoop start(String name) {
        try {
            SocketLoop loop = new SocketLoop(Selector.open(), name);
            loop.thread.start();
            return loop;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects to a socket; fails by {@link IOException} if nobody listens there. */
    public CompletionStage<Link> connect(Path socket, Receiver receiver) {
        CompletableFuture<Link> made = new CompletableFuture<>();
        run(() -> {
            SocketChannel channel = null;
            try {
                channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                channel.connect(UnixDomainSocketAddress.of(socket)); // of a unix socket: at once, or not at all
                channel.configureBlocking(false);
                Link link = new Link(this, channel, receiver);
                link.registered(channel.register(selector, SelectionKey.OP_READ, link));
                made.complete(link);
            } catch (IOException | RuntimeException e) {
                closeQuietly(channel);
                made.completeExceptionally(new IOException(socket + ": " + e.getMessage(), e));
            }
        });
        if (closed) {
            made.completeExceptionally(new IOException(socket + ": the loop is closed"));
        }
        return made;
    }

    /** Runs something on the loop's thread; not at all once it is closed. */
    void run(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    private void turn() {
        try {
            while (!closed) {
                selector.select(this::ready);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
            }
        } catch (IOException | ClosedSelectorException e) {
            LOG.error("the sockets of VMs are no longer read", e);
        } finally {
            end();
        }
    }

    private void ready(SelectionKey key) {
        Link link = (Link) key.attachment();
        if (key.isValid() && key.isWritable()) {
            link.write();
        }
        if (key.isValid() && key.isReadable()) {
            link.read(in);
        }
    }

    private void end() {
        closed = true;
        List<Link> links = new ArrayList<>();
        if (selector.isOpen()) {
            selector.keys().forEach(key -> links.add((Link) key.attachment()));
        }
        links.forEach(link -> link.end(null));
        try {
            selector.close();
        } catch (IOException e) {
            LOG.debug("a selector did not close", e);
        }
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run(); // whoever wanted to connect hears that it is too late
        }
    }

    private static void closeQuietly(@Nullable SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("a socket did not close", e);
        }
    }

    /** Closes all links, and waits for the thread. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

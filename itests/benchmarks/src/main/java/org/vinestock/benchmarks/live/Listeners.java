package org.vinestock.benchmarks.live;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Many listeners to the events of a container, all served by one thread, and one that reads slowly. */
final class Listeners implements AutoCloseable {
    private static final String REQUEST =
            "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
    private static final int SLOW_BYTES = 1_024;
    private static final long SLOW_PAUSE = 500;

    private final Selector selector = Selector.open();
    private final List<Listening> quick = new ArrayList<>();
    private final Listening slow = new Listening();
    private final Socket slowSocket = new Socket();

    Listeners(URI uri, int count) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort());
        for (int i = 0; i < count - 1; i++) {
            SocketChannel channel = SocketChannel.open(address);
            channel.write(ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            Listening listening = new Listening();
            quick.add(listening);
            channel.register(selector, SelectionKey.OP_READ, listening);
        }
        slowSocket.setReceiveBufferSize(SLOW_BYTES);
        slowSocket.connect(address);
        slowSocket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        begin("quick listeners", this::readQuick);
        begin("slow listener", this::readSlowly);
    }

    private static void begin(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void readQuick() {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        try {
            while (true) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    int count = ((SocketChannel) key.channel()).read(buffer.clear());
                    if (count < 0) {
                        throw new IOException("the container ended a listener's connection");
                    }
                    Listening listening = (Listening) key.attachment();
                    synchronized (listening) {
                        listening.take(buffer.array(), count);
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (ClosedSelectorException e) {
            // it was closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readSlowly() {
        byte[] buffer = new byte[SLOW_BYTES];
        try {
            InputStream in = slowSocket.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                synchronized (slow) {
                    slow.take(buffer, count);
                }
                Rest.rest(SLOW_PAUSE);
            }
        } catch (SocketException e) {
            // it was closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Listening slow() {
        return slow;
    }

    List<Listening> quick() {
        return quick;
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
        slowSocket.close();
    }
}

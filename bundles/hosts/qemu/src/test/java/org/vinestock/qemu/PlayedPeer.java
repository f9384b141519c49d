package org.vinestock.qemu;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The other side of a VM's socket, played by a test: one connection, line by line. */
public final class PlayedPeer implements AutoCloseable {
    /** Where it listens. */
    public final Path socket;

    private final ServerSocketChannel server;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<SocketChannel> accepted = new LinkedBlockingQueue<>();
    private SocketChannel channel;

    /** Listens in a folder. */
    public PlayedPeer(Path folder) throws IOException {
        socket = folder.resolve("peer.sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread thread = new Thread(this::listen, "played-peer");
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        try (SocketChannel made = server.accept();
                Scanner scanner = new Scanner(Channels.newInputStream(made), StandardCharsets.UTF_8)) {
            accepted.add(made);
            while (scanner.hasNextLine()) {
                heard.add(scanner.nextLine());
            }
        } catch (IOException e) {
            heard.add("ended: " + e);
        }
    }

    /** Says something; waits for the connection first. */
    public void say(String text) throws IOException, InterruptedException {
        say(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Likewise. */
    public void say(byte[] bytes) throws IOException, InterruptedException {
        if (channel == null) {
            channel = accepted.poll(10, TimeUnit.SECONDS);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Waits for the next line. */
    public String hear() throws InterruptedException {
        String line = heard.poll(10, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("nothing was said within 10 s");
        }
        return line;
    }

    /** Ends the connection. */
    public void hangUp() throws IOException {
        channel.close();
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (channel != null) {
            channel.close();
        }
    }
}

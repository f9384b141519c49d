package org.vinestock.dataplane.engine.nbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a client does, the others are served as before. */
@Timeout(60)
class HostileClientsTest {
    private static final int SIZE = 1 << 20;
    private static final int BATCH = 400;

    private final MemoryDevice device = new MemoryDevice(SIZE, Runnable::run);
    private Serving serving;
    private RawClient decent;

    @BeforeEach
    void start() throws IOException {
        serving = new Serving(device);
        decent = RawClient.ready(serving.socket, "disk", true);
    }

    @AfterEach
    void othersAreServed() throws IOException {
        assertEquals(0, decent.write(0, (byte) 1, (byte) 2).error());
        assertEquals(2, decent.call(0, 0, 0, 2).data()[1]);
        decent.close();
        serving.close();
        assertEquals(0, serving.server.clients());
    }

    /** Sends reads until the server takes no more, which it must at some time. */
    private static void readNothing(RawClient client) throws IOException {
        client.socket.configureBlocking(false);
        ByteBuffer request = ByteBuffer.allocate(28);
        request.putInt(0x25609513)
                .putShort((short) 0)
                .putShort((short) 0)
                .putLong(1)
                .putLong(0)
                .putInt(65536);
        request.flip();
        int refusals = 0;
        while (refusals < 1000) {
            if (client.socket.write(request) == 0) {
                refusals++;
                Thread.onSpinWait();
            } else {
                refusals = 0;
                if (!request.hasRemaining()) {
                    request.rewind();
                }
            }
        }
    }

    @Test
    void whoDoesNotReadIsGivenUp() throws IOException {
        try (RawClient client = RawClient.ready(serving.socket, "disk", true)) {
            readNothing(client);
            assertEquals(0, decent.call(0, 0, 0, 512).error(), "served while the other one blocks");
            while (serving.server.clients() > 1) {
                Thread.onSpinWait();
            }
            assertTrue(serving.log.toString().contains("took nothing for too long"), serving.log::toString);
        }
    }

    @Test
    void whoDoesNotReadDoesNotHoldUpTheEnd() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clients.add(RawClient.ready(serving.socket, "disk", true));
            readNothing(clients.get(i));
        }
        for (RawClient client : clients) {
            client.close();
        }
    }

    @Test
    void payloadsThatNeverComeHoldUpNobody() throws IOException {
        try (RawClient client = RawClient.ready(serving.socket, "disk", true)) {
            client.send(1, 0, 1, 0, SIZE);
            client.out.write(new byte[1000]);
            client.out.flush();
            assertEquals(0, decent.call(0, 0, 0, 512).error());
            client.socket.shutdownOutput();
            assertEquals(22, client.reply(0, 0, false).error(), "a torn write is not acknowledged");
            assertTrue(client.ended());
        }
    }

    @Test
    void lengthsBeyondTheLimitEndTheConnection() throws IOException {
        for (long length : new long[] {(32 << 20) + 1, 0x80000000L, 0xffffffffL}) {
            try (RawClient client = RawClient.ready(serving.socket, "disk", true)) {
                client.send(1, 0, 1, 0, length);
                client.out.flush();
                assertTrue(client.ended());
            }
        }
        try (RawClient client = RawClient.ready(serving.socket, "disk", true)) {
            client.out.write(new byte[28]);
            client.out.flush();
            assertTrue(client.ended());
        }
    }

    @Test
    void halfAHeaderAndThenTheEndIsTheEnd() throws IOException {
        for (int length = 1; length < 28; length += 9) {
            try (RawClient client = RawClient.ready(serving.socket, "disk", true)) {
                byte[] header = ByteBuffer.allocate(28)
                        .putInt(0x25609513)
                        .putShort((short) 0)
                        .putShort((short) 1)
                        .array();
                client.out.write(header, 0, length);
                client.out.flush();
                client.socket.shutdownOutput();
                assertTrue(client.ended(), "after " + length + " bytes");
            }
        }
    }

    @Test
    void aFloodOfOptionsEnds() throws IOException {
        try (RawClient client = new RawClient(serving.socket)) {
            client.greet(3);
            int asked = 0;
            try {
                while (asked < 20_000) {
                    client.option(6, RawClient.infoQuery("no"));
                    asked++;
                }
            } catch (IOException e) {
                // The server has had enough.
            }
            assertTrue(asked <= 10_000, "it took " + asked);
        }
    }

    @Test
    void randomBytesHarmNobody() throws IOException {
        long seed = Long.getLong("vinestock.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < BATCH; i++) {
            try (RawClient client = random.nextBoolean()
                    ? RawClient.ready(serving.socket, "disk", random.nextBoolean(), "base:allocation")
                    : greeted()) {
                fuzz(client, random);
            } catch (IOException e) {
                // It was ended: that is an answer.
            }
            assertEquals(0, decent.call(0, 0, 0, 512).error(), () -> "seed " + seed);
        }
        assertTrue(
                serving.log.stream().noneMatch(line -> line.contains("Exception")),
                () -> "seed " + seed + ": " + serving.log);
    }

    private RawClient greeted() throws IOException {
        RawClient client = new RawClient(serving.socket);
        client.greet(3);
        return client;
    }

    /** Well-formed messages with a few bytes changed, cut off anywhere. */
    private static void fuzz(RawClient client, Random random) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(64 << 10);
        for (int i = random.nextInt(20); i >= 0; i--) {
            if (client.size > 0) {
                bytes.putInt(0x25609513).putShort((short) random.nextInt(random.nextInt(3) == 0 ? 65536 : 2));
                bytes.putShort((short) random.nextInt(10)).putLong(i);
                bytes.putLong(random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(SIZE));
                int length = random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(2000);
                bytes.putInt(length).position(bytes.position() + random.nextInt(2000));
            } else {
                byte[] query = RawClient.contextQuery("disk", "base:allocation", "qemu:");
                bytes.putLong(0x49484156454f5054L)
                        .putInt(1 + random.nextInt(12))
                        .putInt(query.length);
                bytes.put(query);
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes.put(random.nextInt(bytes.position()), (byte) random.nextInt());
        }
        client.out.write(bytes.array(), 0, random.nextInt(bytes.position()));
        client.out.flush();
        if (random.nextBoolean()) {
            client.socket.shutdownOutput();
            client.ended();
        }
    }
}

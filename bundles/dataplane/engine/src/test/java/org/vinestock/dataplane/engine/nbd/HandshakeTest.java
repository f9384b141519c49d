package org.vinestock.dataplane.engine.nbd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vinestock.dataplane.engine.block.DirtyBitmap;

@Timeout(20)
class HandshakeTest {
    private static final int ACK = 1;
    private static final int UNSUPPORTED = 0x80000001;
    private static final int POLICY = 0x80000002;
    private static final int INVALID = 0x80000003;
    private static final int UNKNOWN = 0x80000006;

    private final MemoryDevice device = new MemoryDevice(1 << 20, Runnable::run);
    private Serving serving;

    @BeforeEach
    void start() throws IOException {
        serving = new Serving();
        serving.full("disk", device, Map.of("b", new EveryOther()));
    }

    @AfterEach
    void stop() throws IOException {
        serving.close();
    }

    /** Dirty are the granules of odd number. */
    static final class EveryOther implements DirtyBitmap {
        @Override
        public String name() {
            return "b";
        }

        @Override
        public int granularity() {
            return 4096;
        }

        @Override
        public boolean recording() {
            return true;
        }

        @Override
        public boolean dirty(long offset) {
            return (offset / 4096 & 1) == 1;
        }

        @Override
        public long runEnd(long offset, long end) {
            return Math.min(end, offset / 4096 * 4096 + 4096);
        }
    }

    private RawClient greeted() throws IOException {
        RawClient client = new RawClient(serving.socket);
        client.greet(3);
        return client;
    }

    private static int last(List<RawClient.OptionReply> replies) {
        return replies.get(replies.size() - 1).type();
    }

    @Test
    void socketIsForItsUserOnly() throws IOException {
        assertEquals(
                "rw-------",
                java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(serving.socket)));
    }

    @Test
    void listsExportsWithDescriptions() throws IOException {
        try (RawClient client = greeted()) {
            List<RawClient.OptionReply> replies = client.option(3);
            assertEquals(2, replies.size());
            assertEquals("\0\0\0\4diska disk", replies.get(0).text());
            assertEquals(ACK, last(replies));
        }
    }

    @Test
    void tellsSizeFlagsNameAndBlockSizes() throws IOException {
        try (RawClient client = greeted()) {
            List<RawClient.OptionReply> replies = client.option(6, RawClient.infoQuery("disk", 1, 2, 3));
            assertEquals(5, replies.size());
            assertArrayEquals(
                    new byte[] {0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 15, 0x6d},
                    replies.get(0).data());
            assertEquals("disk", replies.get(1).text().substring(2));
            assertEquals("a disk", replies.get(2).text().substring(2));
            assertArrayEquals(
                    new byte[] {0, 3, 0, 0, 0, 1, 0, 0, 16, 0, 2, 0, 0, 0},
                    replies.get(3).data());
            assertEquals(ACK, last(client.option(7, RawClient.infoQuery("disk"))));
            assertEquals(0, client.call(0, 0, 0, 512).error());
        }
    }

    @Test
    void servesThoseWhoOnlyNameAnExport() throws IOException {
        for (int flags : new int[] {0, 1, 3}) {
            try (RawClient client = new RawClient(serving.socket)) {
                client.greet(flags);
                client.sendOption(1, "disk".getBytes(UTF_8));
                assertEquals(1 << 20, client.in.readLong());
                client.in.readShort();
                assertEquals(flags == 3 ? 0 : 124, client.in.readNBytes(flags == 3 ? 0 : 124).length);
                assertEquals(0, client.call(0, 0, 0, 512).error());
            }
        }
    }

    @Test
    void refusesInWordsAndGoesOn() throws IOException {
        try (RawClient client = greeted()) {
            assertEquals(UNKNOWN, last(client.option(7, RawClient.infoQuery("no"))));
            assertEquals(UNSUPPORTED, last(client.option(99, (byte) 1)));
            assertEquals(UNSUPPORTED, last(client.option(11)));
            assertEquals(POLICY, last(client.option(5)));
            assertEquals(INVALID, last(client.option(3, (byte) 1)));
            assertEquals(INVALID, last(client.option(8, (byte) 1)));
            assertEquals(INVALID, last(client.option(7, new byte[] {0, 0, 1, 0, 'd'})));
            assertEquals(INVALID, last(client.option(7, new byte[] {-1, -1, -1, -1, 'd', 0, 0})));
            assertEquals(INVALID, last(client.option(7, new byte[] {0, 0, 0, 1, -1, 0, 0})));
            assertEquals(INVALID, last(client.option(10, RawClient.contextQuery("disk", "base:allocation"))));
            assertEquals(ACK, last(client.option(8)));
            assertEquals(UNKNOWN, last(client.option(10, RawClient.contextQuery("no", "base:allocation"))));
            client.go("disk");
            assertEquals(0, client.call(0, 0, 0, 512).error());
        }
    }

    @Test
    void listsAndSetsContexts() throws IOException {
        try (RawClient client = greeted()) {
            client.option(8);
            assertEquals(3, client.option(9, RawClient.contextQuery("disk")).size());
            assertEquals(
                    2, client.option(9, RawClient.contextQuery("disk", "qemu:")).size());
            assertEquals(
                    2, client.option(9, RawClient.contextQuery("disk", "base:")).size());
            assertEquals(
                    1,
                    client.option(9, RawClient.contextQuery("disk", "x-no:thing"))
                            .size());
            assertEquals(
                    1,
                    client.option(10, RawClient.contextQuery("disk", "base:", "base:no"))
                            .size());
            List<RawClient.OptionReply> set =
                    client.option(10, RawClient.contextQuery("disk", "qemu:dirty-bitmap:b", "base:allocation"));
            assertEquals(3, set.size());
            assertEquals("base:allocation", set.get(0).text().substring(4));
            assertEquals("qemu:dirty-bitmap:b", set.get(1).text().substring(4));
        }
    }

    @Test
    void endsWhoeverDoesNotNegotiate() throws IOException {
        try (RawClient client = new RawClient(serving.socket)) {
            client.greet(8);
            assertTrue(client.ended());
        }
        try (RawClient client = greeted()) {
            client.out.writeLong(1);
            client.out.writeLong(2);
            client.out.flush();
            assertTrue(client.ended());
        }
        try (RawClient client = greeted()) {
            client.out.writeLong(0x49484156454f5054L);
            client.out.writeInt(7);
            client.out.writeInt(-5);
            client.out.flush();
            assertTrue(client.ended());
        }
        try (RawClient client = greeted()) {
            client.sendOption(1, "no".getBytes(UTF_8));
            assertTrue(client.ended());
        }
        try (RawClient client = greeted()) {
            assertEquals(ACK, last(client.option(2)));
            assertTrue(client.ended());
        }
    }

    @Test
    void givesUpWhoeverNegotiatesTooLong() throws IOException {
        try (RawClient client = greeted()) {
            assertTrue(client.ended(), "the test's limit would end it else");
        }
        assertTrue(serving.log.toString().contains("too long"), serving.log::toString);
    }

    @Test
    void turnsAwayWhoeverIsTooMany() throws IOException {
        RawClient[] clients = new RawClient[8];
        for (int i = 0; i < 8; i++) {
            clients[i] = RawClient.ready(serving.socket, "disk", true);
        }
        try (RawClient ninth = new RawClient(serving.socket)) {
            assertTrue(ninth.ended());
        }
        for (RawClient client : clients) {
            assertEquals(0, client.call(0, 0, 0, 512).error());
            client.close();
        }
    }
}

package org.vinestock.dataplane.engine.nbd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Random requests, up to 64 at once and never two that overlap, compared with a byte array. */
final class RandomRequests {
    private static final int MOST = 64;
    private static final int MOST_BYTES = 128 << 10;
    private static final int[] EDGES = {1, 511, 512, 4096, 4097, 65536, 131072, 131073, 262144};

    private static final class Asked {
        final int command;
        final long offset;
        final int length;
        final byte[] data;

        Asked(int command, long offset, byte[] data) {
            this.command = command;
            this.offset = offset;
            this.length = data.length;
            this.data = data;
        }
    }

    private final RawClient client;
    private final byte[] model;
    private final Random random;
    private final long seed;
    private final Map<Long, Asked> asked = new HashMap<>();
    private long cookie;

    RandomRequests(RawClient client, int size, long seed) {
        this.client = client;
        this.seed = seed;
        model = new byte[size];
        random = new Random(seed);
    }

    void run(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            ask();
            while (asked.size() >= MOST
                    || bytes() > MOST_BYTES
                    || (!asked.isEmpty() && random.nextInt(MOST) < asked.size() / 2)) {
                client.out.flush();
                check();
            }
        }
        client.out.flush();
        while (!asked.isEmpty()) {
            check();
        }
    }

    /** Both sides send to each other: what the sockets cannot hold would hang a client that does not read meanwhile. */
    private int bytes() {
        return asked.values().stream().mapToInt(asked -> asked.length).sum();
    }

    private void ask() throws IOException {
        int length = random.nextInt(8) == 0 ? EDGES[random.nextInt(EDGES.length)] : 512 * (1 + random.nextInt(32));
        long offset = random.nextInt(4) == 0 ? model.length - length : random.nextInt(model.length - length);
        if (asked.values().stream()
                .anyMatch(other -> other.offset < offset + length && offset < other.offset + other.length)) {
            return;
        }
        int command = random.nextInt(10);
        command = command < 4 ? 0 : command < 8 ? 1 : command == 8 ? 6 : 3;
        byte[] data = new byte[length];
        if (command == 1) {
            random.nextBytes(data);
            client.sendWrite(random.nextInt(16) == 0 ? 1 : 0, cookie, offset, data);
        } else {
            client.send(command, 0, cookie, command == 3 ? 0 : offset, command == 3 ? 0 : length);
        }
        asked.put(cookie++, new Asked(command, offset, data));
    }

    private void check() throws IOException {
        RawClient.Reply reply =
                client.next(id -> asked.get(id).length, id -> asked.get(id).offset, id -> asked.get(id).command == 0);
        Asked was = asked.remove(reply.cookie());
        assertEquals(0, reply.error());
        int from = (int) was.offset;
        if (was.command == 1 || was.command == 6) {
            System.arraycopy(was.data, 0, model, from, was.length);
        } else if (was.command == 0) {
            assertArrayEquals(
                    Arrays.copyOfRange(model, from, from + was.length),
                    reply.data(),
                    "read at " + from + ", seed " + seed);
        }
    }
}

package org.vinestock.dataplane.engine.nbd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.dataplane.engine.Qemu;
import org.vinestock.dataplane.engine.RecordedData;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.qcow2.CreateOptions;
import org.vinestock.dataplane.engine.qcow2.OpenOptions;
import org.vinestock.dataplane.engine.qcow2.Qcow2;

/**
 * The requests and replies of a file system that was used over NBD, recorded by the tests of NetworkBlockDevice/nbd: 69,000
 * requests, as many in flight as there were then, onto a qcow2 image.
 */
@Timeout(120)
class RecordedTransactionsTest {
    private static final int REQUEST = 0x25609513;
    private static final int REPLY = 0x67446698;
    private static final int SIZE = 50 << 20;
    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int DISCONNECT = 2;

    private final byte[] disk = new byte[SIZE];
    private final Map<Long, InFlight> inFlight = new LinkedHashMap<>();
    private int compared;

    /** @param sure whether nothing that it touches was being written meanwhile */
    private record InFlight(int command, int offset, int length, boolean sure) {}

    @Test
    void readsWhatWasWritten(@TempDir Path folder) throws Exception {
        Path log = RecordedData.find("nbd/integrity-test.tr.gz");
        Path image = folder.resolve("disk.qcow2");
        try (IoThreads threads = new IoThreads("test-io", 4)) {
            Qcow2.create(image, CreateOptions.of(SIZE), threads);
            Serving serving = new Serving();
            try (var device = Qcow2.open(image, OpenOptions.forWriting(), threads)) {
                serving.exports.add(Export.of("disk", device, true));
                try (RawClient client = RawClient.ready(serving.socket, "disk", false)) {
                    replay(log, client);
                    for (int at = 0; at < SIZE; at += 1 << 20) {
                        byte[] piece = client.call(READ, 0, at, 1 << 20).data();
                        assertArrayEquals(Arrays.copyOfRange(disk, at, at + (1 << 20)), piece, "from " + at + " on");
                    }
                }
            } finally {
                serving.close();
            }
        }
        assertTrue(compared > 50, "only " + compared + " reads could be compared");
        Qemu.needed();
        Qemu.img("check", "-f", "qcow2", image);
    }

    private void replay(Path log, RawClient client) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new GZIPInputStream(Files.newInputStream(log))))) {
            while (true) {
                int magic;
                try {
                    magic = in.readInt();
                } catch (EOFException e) {
                    break;
                }
                if (magic == REQUEST) {
                    request(in.readInt(), in.readLong(), in.readLong(), in.readInt(), client);
                } else {
                    assertEquals(REPLY, magic);
                    assertEquals(0, in.readInt(), "that request failed then");
                    reply(in.readLong(), client);
                }
            }
        }
        while (!inFlight.isEmpty()) {
            reply(inFlight.keySet().iterator().next(), client);
        }
    }

    private void request(int type, long cookie, long offset, int length, RawClient client) throws IOException {
        int command = type & 0xffff;
        if (command == DISCONNECT) {
            return;
        }
        boolean data = command == READ || command == WRITE;
        int from = data ? (int) offset : 0;
        int count = data ? length : 0;
        inFlight.put(cookie, new InFlight(command, from, count, isAlone(from, count)));
        if (command == WRITE) {
            byte[] bytes = new byte[count];
            ByteBuffer.wrap(bytes).asLongBuffer().put(filled(count / Long.BYTES, cookie));
            System.arraycopy(bytes, 0, disk, from, count);
            client.sendWrite(type >>> 16, cookie, offset, bytes);
        } else {
            client.send(command, type >>> 16, cookie, data ? offset : 0, count);
        }
        client.flush();
    }

    private static long[] filled(int count, long value) {
        long[] filled = new long[count];
        Arrays.fill(filled, value);
        return filled;
    }

    private boolean isAlone(int from, int count) {
        return inFlight.values().stream()
                .noneMatch(other ->
                        other.command == WRITE && from < other.offset + other.length && other.offset < from + count);
    }

    /** Takes replies until that one has come: ours come in an order of their own. */
    private void reply(long cookie, RawClient client) throws IOException {
        while (inFlight.containsKey(cookie)) {
            RawClient.Reply reply = client.next(
                    id -> inFlight.get(id).length,
                    id -> inFlight.get(id).offset,
                    id -> inFlight.get(id).command == READ);
            InFlight asked = inFlight.remove(reply.cookie());
            assertEquals(0, reply.error());
            if (asked.command == READ && asked.sure && isAlone(asked.offset, asked.length)) {
                byte[] expected = Arrays.copyOfRange(disk, asked.offset, asked.offset + asked.length);
                assertArrayEquals(expected, reply.data(), "from " + asked.offset + " on");
                compared++;
            }
        }
    }
}

package org.vinestock.dataplane.engine.nbd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.dataplane.engine.SharedData;
import org.vinestock.dataplane.engine.block.BlockDevice;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.image.Images;
import org.vinestock.dataplane.engine.qcow2.CheckReport;
import org.vinestock.dataplane.engine.qcow2.CreateOptions;
import org.vinestock.dataplane.engine.qcow2.Qcow2;

/** The requests that a client made of another server, made of ours again, against an array of bytes. */
@Timeout(120)
class RecordedRequestsTest {
    private static final int REQUEST = 0x25609513;
    private static final int SIZE = 64 << 20;
    private static final int TOGETHER = 32;
    private static final int FLUSH = 3;
    private static final int DISCONNECT = 2;

    @TempDir
    private Path folder;

    private final byte[] model = new byte[SIZE];
    private final List<long[]> outstanding = new ArrayList<>();

    @Test
    void servesWhatAnotherServerWasAskedFor() throws IOException {
        Path recorded = SharedData.file("nbd", "integrity-test.tr.gz");
        Path image = folder.resolve("disk");
        int served = 0;
        try (IoThreads threads = new IoThreads("test-recorded", 2)) {
            Qcow2.create(image, CreateOptions.of(SIZE), threads);
            try (BlockDevice disk = Images.open(image, "qcow2", true, threads);
                    Serving serving = new Serving();
                    DataInputStream in = new DataInputStream(
                            new BufferedInputStream(new GZIPInputStream(Files.newInputStream(recorded))))) {
                serving.exports.add(Export.of("disk", disk, true));
                try (RawClient client = RawClient.ready(serving.socket, "disk", false)) {
                    for (int magic = in.readInt(); ; magic = in.readInt()) {
                        if (magic != REQUEST) {
                            // What the other server answered: its error, and whom.
                            assertEquals(0, in.readInt());
                            in.readLong();
                            continue;
                        }
                        int flags = in.readUnsignedShort();
                        int command = in.readUnsignedShort();
                        in.readLong();
                        long offset = in.readLong();
                        int length = in.readInt();
                        if (command == DISCONNECT) {
                            break;
                        }
                        send(client, served++, command, flags, command == FLUSH ? 0 : offset, length);
                    }
                    drain(client);
                    readAll(client);
                }
            }
        }
        assertTrue(served > 60_000, served + " requests");
        CheckReport report = Qcow2.check(image, false);
        assertEquals(List.of(), report.findings());
    }

    private void send(RawClient client, int number, int command, int flags, long offset, int length)
            throws IOException {
        boolean apart = outstanding.stream().allMatch(one -> one[0] + one[1] <= offset || offset + length <= one[0]);
        if (command != 1 || !apart || outstanding.size() == TOGETHER) {
            drain(client);
        }
        if (command != 1) {
            RawClient.Reply reply = client.call(command, flags, offset, length);
            assertEquals(0, reply.error());
            if (command == 0) {
                assertArrayEquals(Arrays.copyOfRange(model, (int) offset, (int) offset + length), reply.data());
            }
            return;
        }
        byte[] data = new byte[length];
        Arrays.fill(data, (byte) (number % 251 + 1));
        System.arraycopy(data, 0, model, (int) offset, length);
        client.sendWrite(flags, number, offset, data);
        outstanding.add(new long[] {offset, length});
    }

    private void drain(RawClient client) throws IOException {
        client.out.flush();
        for (int i = 0; i < outstanding.size(); i++) {
            assertEquals(0, client.reply(0, 0, false).error());
        }
        outstanding.clear();
    }

    private void readAll(RawClient client) throws IOException {
        int step = 1 << 20;
        for (int at = 0; at < SIZE; at += step) {
            assertArrayEquals(
                    Arrays.copyOfRange(model, at, at + step),
                    client.call(0, 0, at, step).data());
        }
    }
}

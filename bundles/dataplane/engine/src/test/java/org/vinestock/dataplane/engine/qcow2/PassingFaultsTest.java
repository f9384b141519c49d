package org.vinestock.dataplane.engine.qcow2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vinestock.dataplane.engine.block.Await;
import org.vinestock.dataplane.engine.block.Status;
import org.vinestock.dataplane.engine.medium.FaultyMedium;

/** A medium fails once, at each of its calls in turn, tables and data alike, and works again: so must the disk. */
class PassingFaultsTest {
    private static final int CLUSTER = 512;
    private static final int CLUSTERS = 96;

    /** Enough of each kind of request to pass through each kind of table, refcount blocks included. */
    private final byte[] model = new byte[CLUSTER * CLUSTERS];

    private final FaultyMedium medium = new FaultyMedium();

    private Status write(Qcow2Device device, int cluster, int count, int value) {
        byte[] bytes = new byte[count * CLUSTER - 100];
        Arrays.fill(bytes, (byte) value);
        ByteBuffer from = ByteBuffer.allocateDirect(bytes.length).put(0, bytes);
        int at = cluster * CLUSTER + 50;
        return after(device, at, bytes, Await.status(done -> device.write(at, from, false, done)));
    }

    private Status discard(Qcow2Device device, int cluster, int count) {
        byte[] bytes = new byte[count * CLUSTER];
        int at = cluster * CLUSTER;
        return after(device, at, bytes, Await.status(done -> device.discard(at, bytes.length, done)));
    }

    /** What failed may have happened in part: each byte is the old or the new one, and stays what it is. */
    private Status after(Qcow2Device device, int at, byte[] asked, Status status) {
        byte[] there = status == Status.OK ? asked : Await.read(device, at, asked.length);
        for (int i = 0; i < asked.length; i++) {
            assertTrue(there[i] == asked[i] || there[i] == model[at + i], "neither the old byte nor the new one");
        }
        System.arraycopy(there, 0, model, at, asked.length);
        return status;
    }

    private List<Status> work(Qcow2Device device) {
        return Stream.of(
                        write(device, 0, 20, 1),
                        write(device, 60, 30, 2),
                        Await.status(device::flush),
                        discard(device, 5, 10),
                        discard(device, 70, 6),
                        Await.status(device::flush),
                        write(device, 3, 12, 3),
                        write(device, 69, 20, 4),
                        Await.status(device::flush),
                        write(device, 30, 10, 5))
                .filter(status -> status != Status.OK)
                .toList();
    }

    private boolean failsAt(FaultyMedium.Call call, long after, String words, Status told) throws IOException {
        FaultyMedium failing = new FaultyMedium();
        Creation.write(failing, CreateOptions.of(model.length).withClusterBits(9));
        Arrays.fill(model, (byte) 0);
        String where = call + " " + after + ": " + words;
        Qcow2Device device = open(failing);
        failing.failing(call, after, 1, words, (int) (after % 3));
        List<Status> failures = work(device);
        boolean happened = failing.failed();
        failures.forEach(status -> assertEquals(told, status, where));
        failing.failing(call, 0, 0, "", 0);
        assertEquals(List.of(), work(device), where + ": it does not go on");
        assertArrayEquals(model, Await.read(device, 0, model.length), where);
        byte[] killed = failing.afterKill();
        assertEquals(0, Trial.check(new FaultyMedium(killed)).corruptions(), where);
        device.close();
        CheckReport closed = Trial.check(failing);
        assertEquals(0, closed.corruptions(), () -> where + closed.findings());
        for (byte[] left : List.of(killed, failing.afterKill())) {
            try (Qcow2Device again = open(new FaultyMedium(left))) {
                assertArrayEquals(model, Await.read(again, 0, model.length), where + ", opened again");
            }
        }
        return happened;
    }

    private static Qcow2Device open(FaultyMedium medium) throws IOException {
        return Qcow2.open(new Chain(List.of(new QcowLayer(medium))), true, 1 << 16, Trial.THREADS);
    }

    @ParameterizedTest
    @EnumSource
    void goesOnAfterAnErrorAtEachCall(FaultyMedium.Call call) throws IOException {
        long after = 0;
        while (failsAt(call, after, "Input/output error", Status.IO_ERROR)) {
            after++;
        }
        assertTrue(after > 0, "nothing failed");
    }

    @ParameterizedTest
    @EnumSource(names = {"WRITE", "RESIZE"})
    void goesOnWhenThereIsRoomAgain(FaultyMedium.Call call) throws IOException {
        long after = 0;
        while (failsAt(call, after, "No space left on device", Status.NO_SPACE)) {
            after++;
        }
        assertTrue(after > 0, "nothing failed");
    }

    @Test
    void readsAndOverwritesWhereThereIsNoRoom() throws IOException {
        Creation.write(medium, CreateOptions.of(model.length).withClusterBits(9));
        try (Qcow2Device device = open(medium)) {
            assertEquals(Status.OK, write(device, 0, 4, 1));
            medium.capacity(medium.size());
            int cluster = 4;
            while (write(device, cluster, 1, 2) == Status.OK) {
                cluster++;
            }
            assertEquals(Status.NO_SPACE, write(device, cluster, 1, 2));
            assertEquals(Status.OK, write(device, 0, 4, 3));
            assertEquals(Status.OK, Await.status(device::flush));
            medium.capacity(Long.MAX_VALUE);
            assertEquals(Status.OK, write(device, cluster, 1, 4));
            assertArrayEquals(model, Await.read(device, 0, model.length));
        }
        assertEquals(List.of(), Trial.check(medium).findings());
    }
}

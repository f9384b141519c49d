package org.vinestock.dataplane.engine.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.dataplane.engine.medium.FaultyMedium;
import org.vinestock.dataplane.engine.medium.FileMedium;

class RawDeviceTest {
    private final IoThreads threads = new IoThreads("test-io", 2);

    @AfterEach
    void stop() {
        threads.close();
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void readsWhatWasWrittenAtAnyOffset(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("disk"), new byte[10_000]);
        try (RawDevice device = new RawDevice(FileMedium.open(file, true), threads)) {
            Await.write(device, 777, filled(5000, 7));
            Await.flush(device);
            assertArrayEquals(filled(5000, 7), Await.read(device, 777, 5000));
            assertArrayEquals(new byte[777], Await.read(device, 0, 777));
            assertEquals(10_000, device.size());
        }
        assertArrayEquals(filled(5000, 7), Arrays.copyOfRange(Files.readAllBytes(file), 777, 5777));
    }

    @Test
    void refusesWhatLiesOutsideAndWhatComesAfterItsEnd(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("disk"), new byte[4096]);
        RawDevice device = new RawDevice(FileMedium.open(file, false), threads);
        ByteBuffer buffer = ByteBuffer.allocate(512);
        for (long offset : new long[] {-1, 3585, 4096, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertEquals(Status.OUT_OF_RANGE, Await.status(done -> device.read(offset, buffer, done)));
        }
        assertEquals(
                Status.OUT_OF_RANGE, Await.status(done -> device.extents(1, Long.MAX_VALUE, (l, k, d) -> true, done)));
        assertEquals(Status.READ_ONLY, Await.status(done -> device.write(0, buffer, false, done)));
        assertEquals(Status.READ_ONLY, Await.status(done -> device.resize(1, done)));
        device.close();
        device.close();
        assertEquals(Status.SHUT_DOWN, Await.status(done -> device.read(0, buffer, done)));
        assertEquals(Status.SHUT_DOWN, Await.status(device::flush));
    }

    @Test
    void seesHolesAndMakesThem(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("disk"), filled(1 << 20, 1));
        try (RawDevice device = new RawDevice(FileMedium.open(file, true), threads)) {
            Await.ok(done -> device.writeZeroes(256 << 10, 256 << 10, Zeroing.FAST_ONLY, false, done));
            Await.ok(done -> device.discard(768 << 10, 128 << 10, done));
            Await.ok(done -> device.writeZeroes(0, 4096, Zeroing.KEEP_ALLOCATED, true, done));
            List<String> extents = new ArrayList<>();
            Await.ok(done ->
                    device.extents(0, 1 << 20, (length, kind, depth) -> extents.add(length / 1024 + ":" + kind), done));
            assertEquals(List.of("256:1", "256:2", "256:1", "128:2", "128:1"), extents);
            assertArrayEquals(new byte[256 << 10], Await.read(device, 256 << 10, 256 << 10));
            assertArrayEquals(new byte[4096], Await.read(device, 0, 4096));
            assertArrayEquals(filled(4096, 1), Await.read(device, 4096, 4096));
        }
    }

    @Test
    void namesAFullMediumAndABrokenOne() throws IOException {
        FaultyMedium medium = new FaultyMedium(new byte[4096]);
        try (RawDevice device = new RawDevice(medium, threads)) {
            medium.capacity(4096);
            assertEquals(Status.NO_SPACE, Await.status(done -> device.resize(8192, done)));
            assertEquals(4096, device.size());
            medium.broken(offset -> offset == 512);
            assertEquals(Status.IO_ERROR, Await.status(done -> device.read(512, ByteBuffer.allocate(1), done)));
            assertEquals(Status.OK, Await.status(done -> device.read(513, ByteBuffer.allocate(1), done)));
        }
    }

    @Test
    void goesOnAfterAnErrorAndSaysWhichItWas() throws IOException {
        FaultyMedium medium = new FaultyMedium(new byte[4096]);
        try (RawDevice device = new RawDevice(medium, threads)) {
            Await.write(device, 0, filled(4096, 1));
            medium.failing(FaultyMedium.Call.WRITE, 0, 1, "No space left on device", 1);
            ByteBuffer torn = ByteBuffer.wrap(filled(2048, 2));
            assertEquals(Status.NO_SPACE, Await.status(done -> device.write(1024, torn, false, done)));
            assertArrayEquals(filled(512, 2), Await.read(device, 1024, 512), "the part that was written");
            assertArrayEquals(filled(2560, 1), Await.read(device, 1536, 2560), "the part that was not");
            medium.failing(FaultyMedium.Call.FORCE, 0, 2, "Input/output error", 0);
            assertEquals(Status.IO_ERROR, Await.status(device::flush));
            ByteBuffer durable = ByteBuffer.wrap(filled(512, 3));
            assertEquals(Status.IO_ERROR, Await.status(done -> device.write(0, durable, true, done)));
            medium.failing(FaultyMedium.Call.PUNCH, 0, 1, "Input/output error", 0);
            assertEquals(Status.IO_ERROR, Await.status(done -> device.discard(0, 512, done)));
            medium.failing(FaultyMedium.Call.READ, 0, 1, "Input/output error", 1);
            assertEquals(Status.IO_ERROR, Await.status(done -> device.read(0, ByteBuffer.allocate(2048), done)));
            Await.flush(device);
            assertArrayEquals(filled(512, 3), Await.read(device, 0, 512));
        }
    }

    @Test
    void readsZeroesWhereTheFileWasCutShort(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("disk"), filled(4096, 1));
        try (RawDevice device = new RawDevice(FileMedium.open(file, false), threads)) {
            Files.write(file, filled(1000, 1));
            byte[] read = Await.read(device, 0, 4096);
            assertArrayEquals(filled(1000, 1), Arrays.copyOf(read, 1000));
            assertArrayEquals(new byte[3096], Arrays.copyOfRange(read, 1000, 4096));
        }
    }

    @Test
    void waitsForASlowMediumOnAnotherThread(@TempDir Path folder) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        AtomicReference<Thread> reader = new AtomicReference<>();
        try (BlockingDevice device = new GatedDevice(threads, gate, reader)) {
            // A request this long goes to another thread whatever the medium did before.
            CountDownLatch ended = new CountDownLatch(1);
            device.read(0, ByteBuffer.allocateDirect(BlockingDevice.LONG + 1), status -> ended.countDown());
            assertEquals(1, ended.getCount());
            gate.countDown();
            ended.await();
            assertNotSame(Thread.currentThread(), reader.get());
            Await.read(device, 0, 4096);
            assertSame(Thread.currentThread(), reader.get());
        }
    }

    @Test
    void learnsFromSlowAnswersAndFromQuickOnes() {
        Pace pace = new Pace();
        for (int i = 0; i < 4; i++) {
            pace.took(2_000_000, 4096);
        }
        assertTrue(!pace.quick());
        for (int i = 0; i < 100; i++) {
            pace.took(2_000, 4096);
        }
        assertTrue(pace.quick());
        for (int i = 0; i < 100; i++) {
            pace.took(400_000, 1 << 20);
        }
        assertTrue(pace.quick());
    }
}

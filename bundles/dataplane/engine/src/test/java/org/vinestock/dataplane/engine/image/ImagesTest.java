package org.vinestock.dataplane.engine.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vinestock.dataplane.engine.Qemu;
import org.vinestock.dataplane.engine.block.Await;
import org.vinestock.dataplane.engine.block.BlockDevice;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.block.RawDevice;
import org.vinestock.dataplane.engine.block.Zeroing;
import org.vinestock.dataplane.engine.medium.FaultyMedium;
import org.vinestock.dataplane.engine.qcow2.CreateOptions;
import org.vinestock.dataplane.engine.qcow2.OpenOptions;
import org.vinestock.dataplane.engine.qcow2.Qcow2;
import org.vinestock.dataplane.engine.qcow2.Qcow2Device;

class ImagesTest {
    private static final int SIZE = 5_000_000;

    private final IoThreads threads = new IoThreads("test-images", 2);

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        threads.close();
    }

    private byte[] content() {
        byte[] bytes = new byte[SIZE];
        Random random = new Random(3);
        for (int i = 0; i < 10; i++) {
            int at = random.nextInt(SIZE);
            Arrays.fill(bytes, at, Math.min(SIZE, at + 150_000), (byte) (1 + random.nextInt(255)));
        }
        return bytes;
    }

    @Test
    void copiesRawToQcow2AndBackWithoutZeroes() throws IOException {
        byte[] bytes = content();
        Path raw = Files.write(folder.resolve("raw"), bytes);
        Path image = folder.resolve("image");
        Path back = Files.write(folder.resolve("back"), new byte[SIZE]);
        Qcow2.create(image, CreateOptions.of(SIZE), threads);
        try (BlockDevice from = Images.open(raw, "raw", false, threads);
                BlockDevice to = Images.open(image, "qcow2", true, threads);
                BlockDevice again = Images.open(back, "raw", true, threads)) {
            assertFalse(Images.copy(from, to, (done, of) -> false), "it could not be ended");
            assertTrue(Images.copy(from, to, Progress.NONE));
            assertEquals(-1, Images.mismatch(from, to));
            assertTrue(Images.copy(to, again, Progress.NONE));
            Await.write(again, 4_321_000, (byte) 200, (byte) 200);
            assertEquals(bytes[4_321_000] == (byte) 200 ? -1 : 4_321_000, Images.mismatch(again, to));
        }
        assertTrue(Qcow2.check(image, false).clean());
        assertTrue(Files.size(image) < SIZE * 3 / 4, "zeroes took room");
    }

    @Test
    void asksOnceWhatEachPlaceIsMadeOf() throws IOException {
        Path one = Files.write(folder.resolve("one"), full(20_000_000));
        Path other = Files.write(folder.resolve("other"), full(20_000_000));
        try (BlockDevice left = Images.open(one, "raw", true, threads);
                BlockDevice right = Images.open(other, "raw", true, threads)) {
            AtomicInteger asked = new AtomicInteger();
            // The answer to each question looks at all that follows: asked for each piece anew, a compare of long files
            // takes as much longer as the files are longer.
            assertEquals(-1, Images.mismatch(counting(left, asked), counting(right, asked)));
            assertTrue(asked.get() <= 2, "asked " + asked);
            asked.set(0);
            assertTrue(Images.copy(counting(left, asked), right, Progress.NONE));
            assertEquals(1, asked.get());
        }
    }

    @Test
    void saysWhereTwoDisksFirstDiffer() throws IOException {
        byte[] bytes = content();
        Path one = Files.write(folder.resolve("one"), bytes);
        Random random = new Random(8);
        for (int i = 0; i < 40; i++) {
            int at = random.nextInt(SIZE);
            byte[] others = bytes.clone();
            others[at]++;
            Path other = Files.write(folder.resolve("other"), others);
            try (BlockDevice left = Images.open(one, "raw", false, threads);
                    BlockDevice right = Images.open(other, "raw", false, threads)) {
                assertEquals(at, Images.mismatch(left, right));
                assertEquals(at, Images.mismatch(right, left));
            }
        }
        for (int more : new int[] {0, 7}) {
            byte[] longer = Arrays.copyOf(bytes, SIZE + 700_000);
            longer[SIZE + 600_000] = (byte) more;
            Path other = Files.write(folder.resolve("other"), longer);
            try (BlockDevice left = Images.open(one, "raw", false, threads);
                    BlockDevice right = Images.open(other, "raw", false, threads)) {
                long wanted = more == 0 ? -1 : SIZE + 600_000;
                assertEquals(wanted, Images.mismatch(left, right));
                assertEquals(wanted, Images.mismatch(right, left));
            }
        }
    }

    @Test
    void whatCannotBeReadEndsTheWorkWithItsPlace() throws IOException {
        Path one = Files.write(folder.resolve("one"), full(3_000_000));
        Path other = Files.write(folder.resolve("other"), new byte[3_000_000]);
        FaultyMedium medium = new FaultyMedium(full(3_000_000));
        try (BlockDevice left = new RawDevice(medium, threads);
                BlockDevice right = Images.open(other, "raw", true, threads);
                BlockDevice same = Images.open(one, "raw", true, threads)) {
            medium.broken(offset -> offset >= 1_835_008);
            IOException failed = assertThrows(IOException.class, () -> Images.copy(left, right, Progress.NONE));
            assertEquals("read at 1835008: IO_ERROR", failed.getMessage());
            assertThrows(IOException.class, () -> Images.mismatch(left, same));
            assertThrows(IOException.class, () -> Images.mismatch(same, left));
        }
    }

    @Test
    void workThatIsEndedUsesNothingAnyMore() throws IOException {
        Path one = Files.write(folder.resolve("one"), full(3_000_000));
        Path other = Files.write(folder.resolve("other"), new byte[3_000_000]);
        AtomicInteger reads = new AtomicInteger();
        try (BlockDevice right = Images.open(other, "raw", true, threads);
                BlockDevice left = Images.open(one, "raw", false, threads)) {
            assertFalse(Images.copy(counting(left, reads), right, (done, of) -> done < 600_000));
        } // a read that came later would find the device closed, and its thread waiting for ever
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("vinestock-image-ahead")));
    }

    private static byte[] full(int size) {
        byte[] bytes = new byte[size];
        new Random(5).nextBytes(bytes);
        return bytes;
    }

    private static BlockDevice counting(BlockDevice device, AtomicInteger asked) {
        return (BlockDevice) Proxy.newProxyInstance(
                BlockDevice.class.getClassLoader(), new Class<?>[] {BlockDevice.class}, (proxy, method, arguments) -> {
                    asked.addAndGet(method.getName().equals("extents") ? 1 : 0);
                    return method.invoke(device, arguments);
                });
    }

    @Test
    void commitsToWhatIsBeneath() throws IOException {
        Path base = Files.write(folder.resolve("base"), content());
        Path image = folder.resolve("overlay");
        Qcow2.create(image, CreateOptions.of(SIZE + 100_000).backedBy("base", "raw"), threads);
        byte[] wanted;
        try (BlockDevice top = Images.open(image, "qcow2", true, threads)) {
            Await.write(top, 1_000_001, new byte[] {1, 2, 3});
            Await.write(top, SIZE + 50_000, new byte[] {4});
            Await.write(top, 3_100_000, full(900_000));
            Await.write(top, 2_700_000, full(400_000)); // what is in a row on the disk is not in the file
            Await.ok(done -> top.writeZeroes(2_000_000, 500_000, Zeroing.MAY_UNMAP, false, done));
            wanted = Await.read(top, 0, SIZE + 100_000);
            try (BlockDevice beneath = Images.open(base, "raw", true, threads)) {
                assertTrue(Images.commit(top, beneath, Progress.NONE));
            }
        }
        assertArrayEquals(wanted, Files.readAllBytes(base));
    }

    /** Longer than what the system is told to copy at once, with compressed clusters in between, which it cannot. */
    @Test
    void commitsLongDisks() throws IOException {
        int size = 70 << 20;
        byte[] bytes = full(size);
        Path base = Files.write(folder.resolve("base"), new byte[size]);
        Path raw = Files.write(folder.resolve("raw"), bytes);
        Path image = folder.resolve("overlay");
        Qcow2.create(image, CreateOptions.of(size).backedBy("base", "raw"), threads);
        try (BlockDevice from = Images.open(raw, "raw", false, threads);
                Qcow2Device top = Qcow2.open(image, OpenOptions.forWriting(), threads)) {
            assertTrue(Images.copy(from, top, Progress.NONE));
            try (Qcow2Device.Packed packed = top.packed()) {
                for (int at : new int[] {65536, 20 << 20, 69 << 20}) {
                    Arrays.fill(bytes, at, at + 65536, (byte) 7);
                    packed.write(at, ByteBuffer.allocateDirect(65536).put(0, bytes, at, 65536), 65536);
                }
            }
            try (BlockDevice beneath = Images.open(base, "raw", true, threads)) {
                assertFalse(Images.commit(top, beneath, (done, of) -> done < 1));
                assertTrue(Images.commit(top, beneath, Progress.NONE));
            }
        }
        assertArrayEquals(bytes, Files.readAllBytes(base));
    }

    @ParameterizedTest
    @CsvSource({"false, 16", "true, 16", "false, 12", "true, 21"})
    void copiesIntoCompressedClusters(boolean zstd, int clusterBits) throws IOException {
        Qemu.needed();
        // QEMU counts in sectors; the last cluster is not whole.
        int size = SIZE / 512 * 512;
        byte[] bytes = Arrays.copyOf(content(), size);
        // Text is what compresses by looking far back; what is random does not compress at all.
        Random random = new Random(9);
        for (int i = 0; i < 600_000; i++) {
            bytes[i] = (byte) "the quick brown fox\n".charAt(random.nextInt(20));
        }
        byte[] noise = full(300_000);
        System.arraycopy(noise, 0, bytes, 1_000_000, noise.length);
        System.arraycopy(bytes, 0, bytes, 700_000, 100_000);
        Path raw = Files.write(folder.resolve("raw"), bytes);
        Path image = folder.resolve("image");
        Qcow2.create(image, CreateOptions.of(size).withZstd(zstd).withClusterBits(clusterBits), threads);
        try (BlockDevice from = Images.open(raw, "raw", false, threads);
                Qcow2Device to = Qcow2.open(image, OpenOptions.forWriting(), threads)) {
            assertTrue(Images.copyCompressed(from, to, Progress.NONE));
            assertEquals(-1, Images.mismatch(from, to));
        }
        assertTrue(Qcow2.check(image, false).clean());
        Qemu.img("check", "-f", "qcow2", image);
        Qemu.img("compare", "-f", "raw", "-F", "qcow2", raw, image);
        // Clusters of 2 MiB leave most of the little that there is empty.
        long most = clusterBits > 16 ? 6L << clusterBits : size / 4;
        assertTrue(Files.size(image) <= most, "it takes " + Files.size(image));
        // What is compressed can be written over.
        try (BlockDevice to = Images.open(image, "qcow2", true, threads)) {
            Await.write(to, 4_000, new byte[100_000]);
            Arrays.fill(bytes, 4_000, 104_000, (byte) 0);
            assertArrayEquals(bytes, Await.read(to, 0, size));
        }
        Qemu.img("check", "-f", "qcow2", image);
    }

    @Test
    void saysWhatAnImageIsAndWhatItsDiskIsMadeOf() throws IOException {
        Path base = folder.resolve("base");
        Qcow2.create(base, CreateOptions.of(4 << 20).withZstd(true), threads);
        Path top = folder.resolve("top");
        Qcow2.create(top, CreateOptions.of(4 << 20).backedBy("base", "qcow2"), threads);
        try (BlockDevice disk = Images.open(base, "qcow2", true, threads)) {
            Await.write(disk, 1 << 20, full(1 << 20));
        }
        List<Extent> extents = new ArrayList<>();
        try (BlockDevice disk = Images.open(top, "qcow2", true, threads)) {
            Await.write(disk, 0, full(64 << 10));
            Images.map(disk, extents::add);
        }
        assertEquals(
                List.of(
                        new Extent(0, 64 << 10, false, true, 0),
                        new Extent(64 << 10, (1 << 20) - (64 << 10), true, false, -1),
                        new Extent(1 << 20, 1 << 20, false, true, 1),
                        new Extent(2 << 20, 2 << 20, true, false, -1)),
                extents);
        ImageInfo info = Images.info(base, "qcow2");
        assertEquals(4 << 20, info.size());
        assertEquals("zstd", info.compression());
        assertTrue(info.fileBytes() >= 1 << 20 && info.fileBytes() <= info.fileLength(), info.toString());
        Files.delete(base);
        assertEquals("base", Images.info(top, "qcow2").backingFile());
        assertEquals(0, Images.info(top, "raw").version());
    }

    @Test
    void cutsADiskOnlyWhenTold() throws IOException {
        Path image = folder.resolve("image");
        Qcow2.create(image, CreateOptions.of(4 << 20), threads);
        try (BlockDevice disk = Images.open(image, "qcow2", true, threads)) {
            Await.write(disk, 3 << 20, full(1 << 20));
            Images.resize(disk, 8 << 20, false);
            assertEquals(8 << 20, disk.size());
            String why = assertThrows(IllegalArgumentException.class, () -> Images.resize(disk, 1 << 20, false))
                    .getMessage();
            assertTrue(why.contains("1048576") && why.contains("8388608"), why);
            assertThrows(IllegalArgumentException.class, () -> Images.resize(disk, 1000, true));
            Images.resize(disk, 1 << 20, true);
            Images.resize(disk, 4 << 20, false);
            assertArrayEquals(new byte[4 << 20], Await.read(disk, 0, 4 << 20));
        }
        assertTrue(Qcow2.check(image, false).clean());
    }
}

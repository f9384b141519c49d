package org.vinestock.dataplane.engine.qcow2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.dataplane.engine.Qemu;
import org.vinestock.dataplane.engine.SharedData;
import org.vinestock.dataplane.engine.block.Await;
import org.vinestock.dataplane.engine.block.DirtyBitmap;
import org.vinestock.dataplane.engine.block.Zeroing;

/** Images of QEMU read and written here, and ours by QEMU. */
class QemuImagesTest {
    private static final int SEEDS = Integer.getInteger("vinestock.seeds", 4);
    private static final int SIZE = 3 << 20;

    @TempDir
    private Path folder;

    @BeforeEach
    void tools() {
        Qemu.needed();
    }

    private byte[] asQemuReads(Path image) throws IOException {
        Path raw = folder.resolve("as-read");
        Qemu.img("convert", "-f", "qcow2", "-O", "raw", image, raw);
        return Files.readAllBytes(raw);
    }

    private static byte[] content(Qcow2Device device) {
        return Await.read(device, 0, (int) device.size());
    }

    private Path pattern(String name, Random random, int size) throws IOException {
        byte[] bytes = new byte[size];
        for (int i = 0; i < 20; i++) {
            int at = random.nextInt(size);
            Arrays.fill(bytes, at, Math.min(size, at + random.nextInt(200_000)), (byte) random.nextInt(256));
        }
        return Files.write(folder.resolve(name), bytes);
    }

    private static void scribble(Qcow2Device device, byte[] model, Random random, int count) {
        for (int i = 0; i < count; i++) {
            int at = random.nextInt(model.length);
            int length = 1 + random.nextInt(Math.min(300_000, model.length - at));
            if (random.nextInt(4) == 0) {
                Zeroing zeroing = random.nextBoolean() ? Zeroing.MAY_UNMAP : Zeroing.KEEP_ALLOCATED;
                Await.ok(done -> device.writeZeroes(at, length, zeroing, false, done));
                Arrays.fill(model, at, at + length, (byte) 0);
            } else {
                byte[] bytes = new byte[length];
                Arrays.fill(bytes, (byte) random.nextInt(256));
                Await.write(device, at, bytes);
                System.arraycopy(bytes, 0, model, at, length);
            }
        }
    }

    @Test
    void ourImagesAreCleanForQemuAndHoldWhatWasWritten() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            int version = 2 + random.nextInt(2);
            CreateOptions options = CreateOptions.of(SIZE)
                    .withVersion(version)
                    .withClusterBits(9 + random.nextInt(13))
                    .withRefcountBits(version == 2 ? 16 : 1 << random.nextInt(7));
            byte[] model = new byte[SIZE];
            if (random.nextBoolean()) {
                Path base = pattern("base-" + seed, random, SIZE - random.nextInt(SIZE / 2));
                options = options.backedBy(base.getFileName().toString(), "raw");
                model = Arrays.copyOf(Files.readAllBytes(base), SIZE);
            }
            Path image = folder.resolve("ours-" + seed);
            Qcow2.create(image, options, Trial.THREADS);
            try (Qcow2Device device = Qcow2.open(image, OpenOptions.forWriting(), Trial.THREADS)) {
                scribble(device, model, random, 20);
                Await.ok(done -> device.flush(done));
                // While it is open, and as if its process had died now: leaks at most.
                Path killed = Files.copy(image, folder.resolve("killed-" + seed));
                Qemu.img("check", "-r", "leaks", killed);
                assertArrayEquals(model, asQemuReads(killed), options.toString());
                scribble(device, model, random, 5);
            }
            Qemu.img("check", image);
            assertArrayEquals(model, asQemuReads(image), options.toString());
            assertTrue(Qcow2.check(image, false).clean());
        }
    }

    @Test
    void readsAndWritesWhatQemuMade() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            boolean v2 = random.nextInt(4) == 0;
            String options = "cluster_size=" + (512 << random.nextInt(13))
                    + (v2
                            ? ",compat=0.10"
                            : ",refcount_bits=" + (1 << random.nextInt(7)) + ",lazy_refcounts="
                                    + (random.nextBoolean() ? "on" : "off"));
            Path image = folder.resolve("theirs-" + seed);
            Path base = pattern("below-" + seed, random, SIZE - random.nextInt(SIZE / 2));
            Qemu.img("create", "-f", "qcow2", "-o", options, "-b", base, "-F", "raw", image, SIZE);
            List<String> commands = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                int at = random.nextInt(SIZE - 1);
                int length = 1 + random.nextInt(Math.min(SIZE - at, 200_000));
                commands.add(
                        random.nextInt(4) > 0
                                ? "write -P " + random.nextInt(256) + " " + at + " " + length
                                : "write -z " + (at & -512) + " " + ((length & -512) + 512));
            }
            Qemu.io(image, commands.toArray(new String[0]));
            byte[] model = asQemuReads(image);
            try (Qcow2Device device = Qcow2.open(image, OpenOptions.forWriting(), Trial.THREADS)) {
                assertArrayEquals(model, content(device), options);
                scribble(device, model, random, 12);
                assertArrayEquals(model, content(device), options);
            }
            Qemu.img("check", image);
            assertArrayEquals(model, asQemuReads(image), options);
        }
    }

    @Test
    void readsCompressedClustersAndWritesOverThem() throws IOException {
        for (String kind : new String[] {"zlib", "zstd"}) {
            for (int bits : new int[] {9, 12, 16, 21}) {
                Random random = new Random(bits);
                Path raw = pattern("plain", random, SIZE);
                Path image = folder.resolve(kind + bits);
                String options = "cluster_size=" + (1 << bits) + ",compression_type=" + kind;
                Qemu.img("convert", "-c", "-f", "raw", "-O", "qcow2", "-o", options, raw, image);
                byte[] model = Files.readAllBytes(raw);
                try (Qcow2Device device = Qcow2.open(image, OpenOptions.forWriting(), Trial.THREADS)) {
                    assertArrayEquals(model, content(device), options);
                    scribble(device, model, random, 8);
                }
                Qemu.img("check", image);
                assertArrayEquals(model, asQemuReads(image), options);
            }
        }
    }

    @Test
    void readsAChainOfDifferentClusterSizes() throws IOException {
        Random random = new Random(7);
        Path below = pattern("bottom", random, SIZE / 2);
        String format = "raw";
        for (int i = 0; i < 8; i++) {
            Path image = folder.resolve("layer-" + i);
            String options = "cluster_size=" + (512 << random.nextInt(13));
            int size = i == 7 ? SIZE : SIZE - random.nextInt(SIZE / 3) & -512;
            Qemu.img("create", "-f", "qcow2", "-o", options, "-b", below, "-F", format, image, size);
            String[] commands = new String[3];
            for (int k = 0; k < commands.length; k++) {
                int at = random.nextInt(size - 1);
                commands[k] = "write -P " + random.nextInt(256) + " " + at + " "
                        + (1 + random.nextInt(Math.min(size - at, 100_000)));
            }
            Qemu.io(image, commands);
            below = image;
            format = "qcow2";
        }
        byte[] model = asQemuReads(below);
        try (Qcow2Device device = Qcow2.open(below, OpenOptions.forWriting(), Trial.THREADS)) {
            assertEquals(9, device.depth());
            assertArrayEquals(model, content(device));
            for (int i = 0; i < 300; i++) {
                int at = random.nextInt(SIZE - 1);
                int length = 1 + random.nextInt(Math.min(SIZE - at, 5000));
                assertArrayEquals(Arrays.copyOfRange(model, at, at + length), Await.read(device, at, length));
            }
            scribble(device, model, random, 20);
            assertArrayEquals(model, content(device));
        }
        Qemu.img("check", below);
        assertArrayEquals(model, asQemuReads(below));
    }

    @Test
    void readsAnImageThatSomebodyElsesToolMade() throws IOException {
        Path published = SharedData.file("disk-images", "ext2.qcow2");
        Path image = Files.copy(published, folder.resolve("published"));
        byte[] model = asQemuReads(image);
        try (Qcow2Device device = Qcow2.open(image, OpenOptions.forWriting(), Trial.THREADS)) {
            assertArrayEquals(model, content(device));
            // ext2 says so at the beginning of its second KiB.
            assertEquals(0xEF53, (model[1080] & 0xff) | (model[1081] & 0xff) << 8);
            scribble(device, model, new Random(3), 20);
            assertArrayEquals(model, content(device));
        }
        Qemu.img("check", image);
        assertArrayEquals(model, asQemuReads(image));
    }

    @Test
    void readsSnapshotsAndLeavesThemAloneWhenWriting() throws IOException {
        Path image = folder.resolve("snapshots");
        Qemu.img("create", "-f", "qcow2", "-o", "cluster_size=4096", image, SIZE);
        Qemu.io(image, "write -P 1 0 1M", "write -P 2 1500000 100000");
        byte[] before = asQemuReads(image);
        Qemu.img("snapshot", "-c", "first", image);
        Qemu.io(image, "write -P 3 500000 1M");
        byte[] model = asQemuReads(image);
        try (Qcow2Device device = Qcow2.open(image, OpenOptions.forWriting(), Trial.THREADS)) {
            assertArrayEquals(model, content(device));
            scribble(device, model, new Random(1), 20);
        }
        Qemu.img("check", image);
        assertArrayEquals(model, asQemuReads(image));
        try (Qcow2Device device = Qcow2.openSnapshot(image, "first", OpenOptions.readOnly(), Trial.THREADS)) {
            assertArrayEquals(before, content(device));
        }
        Qemu.img("snapshot", "-a", "first", image);
        assertArrayEquals(before, asQemuReads(image));
    }

    @Test
    void keepsDirtyBitmapsThatQemuMade() throws IOException {
        Path image = folder.resolve("bitmaps");
        Qemu.img("create", "-f", "qcow2", "-o", "cluster_size=4096", image, SIZE);
        Qemu.img("bitmap", "--add", "-g", "64k", image, "changes");
        Qemu.img("bitmap", "--add", "--disable", "-g", "512", image, "still");
        Qemu.io(image, "write -P 1 128k 64k");
        try (Qcow2Device device = Qcow2.open(image, OpenOptions.forWriting(), Trial.THREADS)) {
            assertEquals(List.of(2), dirty(device, "changes"));
            Await.write(device, 700_000, new byte[70_000]);
            assertEquals(List.of(2, 10, 11), dirty(device, "changes"));
            Await.flush(device);
            Path killed = Files.copy(image, folder.resolve("killed"));
            assertTrue(
                    Qemu.img("info", "-U", killed).contains("in-use"),
                    "a process that dies leaves a bitmap that says so");
            try (Qcow2Device after = Qcow2.open(killed, OpenOptions.readOnly(), Trial.THREADS)) {
                assertEquals(1, after.bitmaps().size());
            }
        }
        Qemu.img("check", image);
        Qemu.io(image, "write -P 1 0 1");
        try (Qcow2Device device = Qcow2.open(image, OpenOptions.readOnly(), Trial.THREADS)) {
            assertEquals(List.of(0, 2, 10, 11), dirty(device, "changes"));
            assertEquals(List.of(), dirty(device, "still"));
        }
    }

    private static List<Integer> dirty(Qcow2Device device, String name) {
        DirtyBitmap bitmap = device.bitmaps().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        List<Integer> dirty = IntStream.range(0, SIZE / bitmap.granularity())
                .filter(i -> bitmap.dirty((long) i * bitmap.granularity()))
                .boxed()
                .toList();
        List<Integer> byRuns = new ArrayList<>();
        for (long at = 0; at < SIZE; ) {
            long end = bitmap.runEnd(at, SIZE);
            for (long i = at; bitmap.dirty(at) && i < end; i += bitmap.granularity()) {
                byRuns.add((int) (i / bitmap.granularity()));
            }
            at = end;
        }
        assertEquals(dirty, byRuns);
        return dirty;
    }

    @Test
    void repairsWhatQemuLeftDirty() throws IOException {
        Path image = folder.resolve("dirty");
        Qemu.img("create", "-f", "qcow2", "-o", "cluster_size=512,lazy_refcounts=on", image, SIZE);
        try {
            Qemu.io(image, "write -P 5 0 1M", "write -P 6 2M 300k", "sigraise 9");
        } catch (AssertionError e) {
            // It was killed, as asked.
        }
        try (Qcow2Device device = Qcow2.open(image, OpenOptions.forWriting(), Trial.THREADS)) {
            assertEquals(5, Await.read(device, 1000, 1)[0]);
            Await.write(device, 2_500_000, (byte) 9);
        }
        Qemu.img("check", image);
    }
}

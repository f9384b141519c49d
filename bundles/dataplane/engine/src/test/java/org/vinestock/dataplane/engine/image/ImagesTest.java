package org.vinestock.dataplane.engine.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.dataplane.engine.block.Await;
import org.vinestock.dataplane.engine.block.BlockDevice;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.block.Zeroing;
import org.vinestock.dataplane.engine.qcow2.CreateOptions;
import org.vinestock.dataplane.engine.qcow2.Qcow2;

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
    void commitsToWhatIsBeneath() throws IOException {
        Path base = Files.write(folder.resolve("base"), content());
        Path image = folder.resolve("overlay");
        Qcow2.create(image, CreateOptions.of(SIZE + 100_000).backedBy("base", "raw"), threads);
        byte[] wanted;
        try (BlockDevice top = Images.open(image, "qcow2", true, threads)) {
            Await.write(top, 1_000_001, new byte[] {1, 2, 3});
            Await.write(top, SIZE + 50_000, new byte[] {4});
            Await.ok(done -> top.writeZeroes(2_000_000, 500_000, Zeroing.MAY_UNMAP, false, done));
            wanted = Await.read(top, 0, SIZE + 100_000);
            try (BlockDevice beneath = Images.open(base, "raw", true, threads)) {
                assertTrue(Images.commit(top, beneath, Progress.NONE));
            }
        }
        assertArrayEquals(wanted, Files.readAllBytes(base));
    }
}

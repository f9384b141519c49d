package org.vinestock.dataplane.engine.qcow2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.dataplane.engine.block.Await;
import org.vinestock.dataplane.engine.medium.FaultyMedium;
import org.vinestock.dataplane.engine.qcow2.format.HeaderReader;
import org.vinestock.dataplane.engine.qcow2.format.ImageRefusedException;

/** Images that lie. */
class HostileImageTest {
    private static final int FUZZ = Integer.getInteger("vinestock.fuzz", 3000);

    private static byte[] image() throws IOException {
        FaultyMedium medium = new FaultyMedium();
        Creation.write(medium, CreateOptions.of(1 << 20).withClusterBits(12));
        try (Qcow2Device device = Qcow2.open(new Chain(List.of(new QcowLayer(medium))), true, 1 << 16, Trial.THREADS)) {
            Await.write(device, 5000, new byte[20_000]);
        }
        return medium.afterKill();
    }

    private static void refuses(String field, int at, long value, int bytes) throws IOException {
        byte[] image = image();
        ByteBuffer wrapped = ByteBuffer.wrap(image);
        if (bytes == 4) {
            wrapped.putInt(at, (int) value);
        } else {
            wrapped.putLong(at, value);
        }
        ImageRefusedException refused = assertThrows(
                ImageRefusedException.class,
                () -> HeaderReader.read(new FaultyMedium(image)),
                () -> field + " with " + value + " was taken");
        assertEquals(field, refused.field());
    }

    @Test
    void refusesByTheNameOfTheField() throws IOException {
        refuses("magic", 0, 0x51464900, 4);
        refuses("version", 4, 4, 4);
        refuses("backing_file_offset", 8, 1L << 40, 8);
        refuses("cluster_bits", 20, 8, 4);
        refuses("cluster_bits", 20, 22, 4);
        refuses("size", 24, -1, 8);
        refuses("l1_size", 24, 1L << 50, 8);
        refuses("crypt_method", 32, 2, 4);
        refuses("l1_size", 36, -1, 4);
        refuses("l1_table_offset", 40, 513, 8);
        refuses("l1_table_offset", 40, 1L << 60, 8);
        refuses("refcount_table_offset", 48, 0, 8);
        refuses("refcount_table_clusters", 56, 0, 4);
        refuses("refcount_table_clusters", 56, 1 << 30, 4);
        refuses("nb_snapshots", 60, -1, 4);
        refuses("data-file", 72, 4, 8);
        refuses("compression_type", 72, 8, 8);
        refuses("extended_l2", 72, 16, 8);
        refuses("incompatible_features", 72, 1L << 40, 8);
        refuses("autoclear_features", 88, 1, 8);
        refuses("refcount_order", 96, 7, 4);
        refuses("header_length", 100, 1 << 20, 4);
    }

    @Test
    void anyDamageEndsInAnAnswer() throws IOException {
        byte[] sound = image();
        Random random = new Random(5);
        for (int i = 0; i < FUZZ; i++) {
            byte[] image = sound.clone();
            for (int k = 0; k <= random.nextInt(3); k++) {
                int at = random.nextBoolean() ? random.nextInt(128) : random.nextInt(image.length / 8) * 8;
                image[Math.min(image.length - 1, at + random.nextInt(8))] = (byte) random.nextInt(256);
            }
            FaultyMedium medium = new FaultyMedium(image).capacity(64 << 20);
            try (Qcow2Device device =
                    Qcow2.open(new Chain(List.of(new QcowLayer(medium))), true, 1 << 16, Trial.THREADS)) {
                ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(device.size(), 65536));
                Await.status(done -> device.read(0, buffer, done));
                Await.status(done -> device.write(0, buffer.clear(), true, done));
            } catch (IOException refused) {
                // As it should be.
            }
        }
    }

    @Test
    void refusesAChainThatComesBackAndAFileWithoutAStatedFormat(@TempDir Path folder) throws IOException {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        Qcow2.create(one, CreateOptions.of(1 << 20).backedBy("two", "qcow2"), Trial.THREADS);
        Qcow2.create(two, CreateOptions.of(1 << 20).backedBy("one", "qcow2"), Trial.THREADS);
        assertRefused("backing_file", one);
        Path protocol = folder.resolve("protocol");
        Qcow2.create(protocol, CreateOptions.of(1 << 20).backedBy("nbd://host/disk", "raw"), Trial.THREADS);
        assertRefused("backing_file", protocol);
        Path other = folder.resolve("other");
        Qcow2.create(other, CreateOptions.of(1 << 20).backedBy("one", "vmdk"), Trial.THREADS);
        assertRefused("backing file format", other);
        Files.delete(one);
    }

    private static void assertRefused(String field, Path image) {
        ImageRefusedException refused = assertThrows(
                ImageRefusedException.class,
                () -> Qcow2.open(image, OpenOptions.readOnly(), Trial.THREADS).close());
        assertEquals(field, refused.field());
    }
}

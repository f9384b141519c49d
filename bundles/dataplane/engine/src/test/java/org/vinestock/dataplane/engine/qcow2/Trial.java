package org.vinestock.dataplane.engine.qcow2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.vinestock.dataplane.engine.block.Await;
import org.vinestock.dataplane.engine.block.BlockingDevice;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.block.Status;
import org.vinestock.dataplane.engine.block.Zeroing;
import org.vinestock.dataplane.engine.medium.FaultyMedium;
import org.vinestock.dataplane.engine.medium.Medium;
import org.vinestock.dataplane.engine.qcow2.format.HeaderReader;

/** A random image on random backing images in memory, and random things done to it, all ruled by a seed. */
final class Trial {
    /** What devices say of media that fail on purpose. */
    private static final Logger LOG = Logger.getLogger(BlockingDevice.class.getName());

    static {
        LOG.setLevel(Level.OFF);
    }

    static final IoThreads THREADS = new IoThreads("test-qcow2", 2);
    private static final int MAP_BYTES = 1 << 16;

    private final Random random;
    private final List<byte[]> backing = new ArrayList<>();
    private final CreateOptions options;
    final DiskModel model;
    private Medium medium;
    private Qcow2Device device;
    private int lastOffset;
    private int lastLength;

    /** Draws an image whose file is {@code medium}. */
    Trial(long seed, Medium medium) throws IOException {
        this.random = new Random(seed);
        this.medium = medium;
        int version = random.nextInt(5) == 0 ? 2 : 3;
        int clusterBits = random.nextInt(4) == 0 ? 9 : 9 + random.nextInt(5);
        int size = 1 + random.nextInt(20 << Math.min(clusterBits, 12));
        size = random.nextBoolean() ? size : (size + 511) & -512;
        byte[] content = new byte[size];
        int layers = random.nextInt(3);
        CreateOptions drawn = CreateOptions.of(size)
                .withVersion(version)
                .withClusterBits(clusterBits)
                .withRefcountBits(version == 2 ? 16 : 1 << random.nextInt(7));
        for (int i = 0; i < layers; i++) {
            content = addBacking(i, content, size);
        }
        this.options = layers > 0 ? drawn.backedBy("below", "raw") : drawn;
        this.model = new DiskModel(content);
        Creation.write(medium, options);
        this.device = open();
    }

    /** Adds the next image beneath: raw at first, then qcow2. What the stack reads as, cut to {@code size}, is returned. */
    private byte[] addBacking(int depth, byte[] below, int size) throws IOException {
        int length = Math.max(1, size / 2 + random.nextInt(size));
        byte[] content =
                Arrays.copyOf(depth == 0 ? new byte[0] : Arrays.copyOf(below, Math.min(below.length, length)), length);
        if (depth == 0) {
            for (int i = 0; i < 8; i++) {
                int at = random.nextInt(length);
                Arrays.fill(content, at, Math.min(length, at + random.nextInt(length)), (byte) random.nextInt(256));
            }
            backing.add(content);
        } else {
            FaultyMedium image = new FaultyMedium();
            Creation.write(
                    image,
                    CreateOptions.of(length)
                            .withClusterBits(9 + random.nextInt(6))
                            .backedBy("below", "raw"));
            List<Layer> layers = new ArrayList<>(List.of(new QcowLayer(image)));
            layers.addAll(layersBeneath());
            try (Qcow2Device on = Qcow2.open(new Chain(layers), true, MAP_BYTES, THREADS)) {
                for (int i = 0; i < 4; i++) {
                    int at = random.nextInt(length);
                    byte[] piece = new byte[1 + random.nextInt(length - at)];
                    Arrays.fill(piece, (byte) random.nextInt(256));
                    Await.write(on, at, piece);
                    System.arraycopy(piece, 0, content, at, piece.length);
                }
            }
            backing.add(image.afterKill());
        }
        return Arrays.copyOf(content, size);
    }

    private List<Layer> layersBeneath() throws IOException {
        List<Layer> layers = new ArrayList<>();
        for (int i = backing.size() - 1; i >= 0; i--) {
            Medium image = new FaultyMedium(backing.get(i));
            layers.add(i == 0 ? new RawLayer(image) : new QcowLayer(image));
        }
        return layers;
    }

    private Qcow2Device open() throws IOException {
        List<Layer> layers = new ArrayList<>(List.of(new QcowLayer(medium)));
        layers.addAll(layersBeneath());
        return Qcow2.open(new Chain(layers), true, MAP_BYTES, THREADS);
    }

    /** Goes on with what is left of the image. */
    void reopen(Medium from) throws IOException {
        medium = from;
        device = open();
    }

    Qcow2Device device() {
        return device;
    }

    /** Does {@code count} things; stops with false when the medium is cut off. */
    boolean run(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            if (!step()) {
                return false;
            }
        }
        return true;
    }

    private boolean step() throws IOException {
        int offset = random.nextInt(model.size());
        int most = model.size() - offset;
        int length = 1 + random.nextInt(random.nextBoolean() ? Math.min(most, 700) : most);
        byte value = (byte) (1 + random.nextInt(255));
        lastOffset = offset;
        lastLength = length;
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3, 4 -> {
                byte[] bytes = new byte[length];
                Arrays.fill(bytes, value);
                ByteBuffer from = ByteBuffer.allocateDirect(length).put(0, bytes);
                model.may(offset, length, value);
                return did(Await.status(done -> device.write(offset, from, false, done)), offset, length, value);
            }
            case 5, 6 -> {
                Zeroing zeroing = List.of(Zeroing.MAY_UNMAP, Zeroing.KEEP_ALLOCATED, Zeroing.FAST_ONLY)
                        .get(random.nextInt(3));
                model.may(offset, length, (byte) 0);
                Status status = Await.status(done -> device.writeZeroes(offset, length, zeroing, false, done));
                return status == Status.NOT_SUPPORTED || did(status, offset, length, (byte) 0);
            }
            case 7 -> {
                model.may(offset, length, (byte) 0);
                return discard(offset, length);
            }
            case 8 -> {
                return flush();
            }
            case 9 -> {
                verify(offset, length);
            }
            case 10 -> {
                return reopenProperly();
            }
            default -> {
                return random.nextInt(4) > 0 || resize();
            }
        }
        return true;
    }

    private boolean did(Status status, int offset, int length, byte value) {
        if (status == Status.OK) {
            model.set(offset, length, value);
        }
        return status == Status.OK;
    }

    private boolean discard(int offset, int length) {
        Status status = Await.status(done -> device.discard(offset, length, done));
        if (status != Status.OK) {
            return false;
        }
        byte[] bytes = Await.read(device, offset, length);
        for (int i = 0; i < length; i++) {
            if (bytes[i] != 0) {
                assertEquals(model.now()[offset + i], bytes[i], "a discarded byte is another one");
            }
        }
        model.saw(offset, bytes);
        return true;
    }

    private boolean flush() {
        boolean done = Await.status(device::flush) == Status.OK;
        if (done) {
            model.flushed();
        }
        return done;
    }

    private boolean resize() {
        int size = Math.max(1, model.size() / 2 + random.nextInt(model.size()));
        if (!flush()) {
            return false;
        }
        if (size < model.size()) {
            model.may(size, model.size() - size, (byte) 0);
            lastOffset = size;
            lastLength = model.size() - size;
        }
        Status status = Await.status(done -> device.resize(size, done));
        if (status == Status.NOT_SUPPORTED) {
            return true;
        } else if (status != Status.OK) {
            return false;
        }
        model.resize(size);
        return true;
    }

    private boolean reopenProperly() throws IOException {
        if (!closes()) {
            return false;
        }
        model.flushed();
        device = open();
        return true;
    }

    /** Whether the last thing that was asked, and perhaps not answered, was about this byte. */
    boolean touchedLast(int offset) {
        return offset >= lastOffset && offset < lastOffset + lastLength;
    }

    /** Closes the device, and says whether the medium let it. */
    boolean closes() {
        try {
            device.close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void verify(int offset, int length) {
        byte[] expected = Arrays.copyOfRange(model.now(), offset, offset + length);
        byte[] read = Await.read(device, offset, length);
        int wrong = Arrays.mismatch(expected, read);
        assertEquals(
                -1,
                wrong,
                () -> "byte " + (offset + wrong) + " is " + read[wrong] + ", not " + expected[wrong] + "; " + options);
    }

    /** Fails unless what is left of an image is sound, but for leaks, and counts what it uses. */
    static CheckReport check(Medium image) throws IOException {
        return new RefcountCheck(image, HeaderReader.read(image)).run();
    }

    @Override
    public String toString() {
        return options + " on " + backing.size();
    }
}

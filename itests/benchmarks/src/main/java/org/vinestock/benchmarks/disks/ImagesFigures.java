package org.vinestock.benchmarks.disks;

import static org.vinestock.benchmarks.Figures.say;
import static org.vinestock.benchmarks.Figures.sayMachine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;
import org.vinestock.dataplane.engine.block.BlockDevice;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.image.Images;
import org.vinestock.dataplane.engine.image.Progress;
import org.vinestock.dataplane.engine.qcow2.CreateOptions;
import org.vinestock.dataplane.engine.qcow2.Qcow2;

/**
 * Measures work on whole images beside qemu-img, in turns: a raw disk converted to qcow2, the two compared, and an overlay
 * that holds all of a disk committed to what is beneath. {@code itests/benchmarks/images [MIB [ROUNDS]]} runs it; MIB is
 * the size of the disk, 1024 unless given. What we made is compared and checked by qemu-img in every round.
 */
public final class ImagesFigures {
    private static final int WARM_ROUNDS = 3;

    private interface Work {
        void run() throws IOException;
    }

    /** Seconds of the clock, and of the processors. */
    private record Took(double seconds, double cpuSeconds) {}

    private final Path folder;
    private final long size;
    private final int rounds;
    private final IoThreads threads = new IoThreads("vinestock-block", 8);
    private final Ratios ratios = new Ratios();

    private ImagesFigures(Path folder, long size, int rounds) {
        this.folder = folder;
        this.size = size;
        this.rounds = rounds;
    }

    /** Runs all. */
    public static void main(String[] arguments) throws Exception {
        long size = (arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1024L) << 20;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Path shared = Path.of("/dev/shm");
        Path folder = Files.createTempDirectory(
                Files.isDirectory(shared) ? shared : Path.of(System.getProperty("java.io.tmpdir")), "images");
        try {
            sayMachine();
            new ImagesFigures(folder, size, rounds).run();
        } finally {
            delete(folder);
        }
        System.exit(0);
    }

    private void run() throws Exception {
        Path raw = fill(folder.resolve("disk.raw"), 1);
        Path overlaid = fill(folder.resolve("overlaid.raw"), 2);
        String[] names = {"convert", "compare", "commit"};
        double[] goals = {1, 1, 2};
        Took[][] ours = new Took[names.length][rounds];
        Took[][] theirs = new Took[names.length][rounds];
        for (int round = -WARM_ROUNDS; round < rounds; round++) {
            Took[] mine = ours(raw, overlaid);
            Took[] qemu = theirs(raw, overlaid);
            for (int i = 0; i < names.length; i++) {
                say(
                        "round %d, %-8s ours %.2f s (CPU %.2f), qemu-img %.2f s (CPU %.2f)%s",
                        round + 1,
                        names[i],
                        mine[i].seconds,
                        mine[i].cpuSeconds,
                        qemu[i].seconds,
                        qemu[i].cpuSeconds,
                        round < 0 ? ", not counted" : "");
                if (round >= 0) {
                    ours[i][round] = mine[i];
                    theirs[i][round] = qemu[i];
                }
            }
        }
        for (int i = 0; i < names.length; i++) {
            ratios.add(
                    names[i] + " of " + (size >> 20) + " MiB, CPU: qemu-img", goals[i], cpu(theirs[i]), cpu(ours[i]));
            ratios.add(
                    names[i] + " of " + (size >> 20) + " MiB, time: qemu-img",
                    goals[i],
                    time(theirs[i]),
                    time(ours[i]));
        }
        say("what we made was compared and checked by qemu-img in every round, without a difference");
        ratios.say();
    }

    private Took[] ours(Path raw, Path overlaid) throws Exception {
        Path image = folder.resolve("ours.qcow2");
        Took converted = timed(() -> {
            Qcow2.create(image, CreateOptions.of(size), threads);
            try (BlockDevice from = Images.open(raw, "raw", false, threads);
                    BlockDevice to = Images.open(image, "qcow2", true, threads)) {
                Images.copy(from, to, Progress.NONE);
            }
        });
        Took compared = timed(() -> {
            try (BlockDevice one = Images.open(raw, "raw", false, threads);
                    BlockDevice other = Images.open(image, "qcow2", false, threads)) {
                if (Images.mismatch(one, other) != -1) {
                    throw new IOException("what was converted differs");
                }
            }
        });
        Tool.run("qemu-img", "compare", "-f", "raw", "-F", "qcow2", raw, image);
        Tool.run("qemu-img", "check", "-f", "qcow2", image);
        Path top = overlay(image, overlaid, "ours-top.qcow2");
        Took committed = timed(() -> {
            try (BlockDevice from = Images.open(top, "qcow2", false, threads);
                    BlockDevice to = Images.open(image, "qcow2", true, threads)) {
                Images.commit(from, to, Progress.NONE);
            }
        });
        Tool.run("qemu-img", "compare", "-f", "raw", "-F", "qcow2", overlaid, image);
        Tool.run("qemu-img", "check", "-f", "qcow2", image);
        Files.delete(top);
        Files.delete(image);
        return new Took[] {converted, compared, committed};
    }

    private Took[] theirs(Path raw, Path overlaid) throws Exception {
        Path image = folder.resolve("qemu.qcow2");
        Took converted = took(Tool.run("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw, image));
        Took compared = took(Tool.run("qemu-img", "compare", "-f", "raw", "-F", "qcow2", raw, image));
        Path top = overlay(image, overlaid, "qemu-top.qcow2");
        Took committed = took(Tool.run("qemu-img", "commit", "-q", "-d", "-f", "qcow2", top));
        Files.delete(top);
        Files.delete(image);
        return new Took[] {converted, compared, committed};
    }

    /** An overlay that holds all of another disk. */
    private Path overlay(Path beneath, Path content, String name) throws Exception {
        Path top = folder.resolve(name);
        Tool.run("qemu-img", "create", "-q", "-f", "qcow2", "-b", beneath, "-F", "qcow2", top);
        Tool.run("qemu-img", "convert", "-n", "-f", "raw", "-O", "qcow2", content, top);
        return top;
    }

    private static Took took(Tool.Run run) {
        return new Took(run.seconds(), run.cpuSeconds());
    }

    private static Took timed(Work work) throws IOException {
        double cpu = processCpu();
        long began = System.nanoTime();
        work.run();
        return new Took((System.nanoTime() - began) / 1e9, processCpu() - cpu);
    }

    private static double processCpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                / 1e9;
    }

    /** Data throughout, no two MiB alike. */
    private Path fill(Path file, int seed) throws IOException {
        Random random = new Random(seed);
        byte[] piece = new byte[1 << 20];
        random.nextBytes(piece);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long at = 0; at < size; at += piece.length) {
                ByteBuffer.wrap(piece).putLong(0, at);
                channel.write(ByteBuffer.wrap(piece), at);
            }
        }
        return file;
    }

    private static double[] time(Took[] took) {
        return Stream.of(took).mapToDouble(Took::seconds).toArray();
    }

    private static double[] cpu(Took[] took) {
        return Stream.of(took).mapToDouble(Took::cpuSeconds).toArray();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

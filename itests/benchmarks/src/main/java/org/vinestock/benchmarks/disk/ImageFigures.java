package org.vinestock.benchmarks.disk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.vinestock.dataplane.engine.block.BlockDevice;
import org.vinestock.dataplane.engine.block.IoThreads;
import org.vinestock.dataplane.engine.image.Images;
import org.vinestock.dataplane.engine.image.Progress;
import org.vinestock.dataplane.engine.qcow2.CreateOptions;
import org.vinestock.dataplane.engine.qcow2.Qcow2;

/** Copies, compares and commits 1 GiB, ours and qemu-img's by turns; the first round warms up. */
public final class ImageFigures {
    private static final long SIZE = 1L << 30;
    private static final long CHANGED = SIZE;
    private static final double NANOS = 1e9;

    private final Path folder;
    private final int rounds;
    private final IoThreads threads = new IoThreads("bench-io", 8);

    /** A piece of work. */
    private interface Work {
        void run() throws Exception;
    }

    private ImageFigures(Path folder, int rounds) {
        this.folder = folder;
        this.rounds = rounds;
    }

    /** Rounds; 5 if left out. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of("/dev/shm"), "img");
        try {
            new ImageFigures(folder, arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5).run();
        } finally {
            Commands.run("rm", "-rf", folder.toString());
        }
        System.exit(0);
    }

    private void run() throws Exception {
        Path raw = folder.resolve("raw");
        Commands.noise(raw, SIZE);
        Path qcow2 = folder.resolve("image.qcow2");
        Commands.run("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw.toString(), qcow2.toString());
        System.out.println("| work on 1 GiB | ours, s | qemu-img, s | ratio |\n|---|---|---|---|");
        compare(
                "convert qcow2 to raw",
                () -> copy(qcow2, "qcow2", "raw"),
                () -> peer("convert", "-f", "qcow2", "-O", "raw", qcow2.toString(), folder + "/peer"));
        compare(
                "convert raw to qcow2",
                () -> copy(raw, "raw", "qcow2"),
                () -> peer("convert", "-f", "raw", "-O", "qcow2", raw.toString(), folder + "/peer"));
        compare(
                "compare",
                () -> same(qcow2, raw),
                () -> peer("compare", "-f", "qcow2", "-F", "raw", qcow2.toString(), raw.toString()));
        commits(raw);
    }

    private void peer(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "qemu-img";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Commands.run(command);
        Files.deleteIfExists(folder.resolve("peer"));
    }

    private void copy(Path from, String fromFormat, String format) throws Exception {
        Path to = folder.resolve("ours");
        if (format.equals("qcow2")) {
            Qcow2.create(to, CreateOptions.of(SIZE), threads);
        } else {
            Commands.run("truncate", "-s", Long.toString(SIZE), to.toString());
        }
        try (BlockDevice source = Images.open(from, fromFormat, false, threads);
                BlockDevice target = Images.open(to, format, true, threads)) {
            Images.copy(source, target, Progress.NONE);
        }
        Files.delete(to);
    }

    private void same(Path one, Path other) throws Exception {
        try (BlockDevice left = Images.open(one, "qcow2", false, threads);
                BlockDevice right = Images.open(other, "raw", false, threads)) {
            long at = Images.mismatch(left, right);
            if (at >= 0) {
                throw new IllegalStateException("they differ at " + at);
            }
        }
    }

    /** The whole disk is changed above its base, and written into it. */
    private void commits(Path raw) throws Exception {
        Path ours = Files.copy(raw, folder.resolve("base-ours"));
        Path theirs = Files.copy(raw, folder.resolve("base-peer"));
        Path changes = folder.resolve("changes.qcow2");
        Commands.run("qemu-img", "create", "-q", "-f", "qcow2", "-b", ours.toString(), "-F", "raw", changes.toString());
        Commands.run("qemu-io", "-f", "qcow2", "-c", "write -q -P 5 0 " + CHANGED, changes.toString());
        Path peers = Files.copy(changes, folder.resolve("changes-peer.qcow2"));
        Commands.run("qemu-img", "rebase", "-u", "-f", "qcow2", "-b", theirs.toString(), "-F", "raw", peers.toString());
        compare(
                "commit",
                () -> {
                    try (BlockDevice top = Images.open(changes, "qcow2", false, threads);
                            BlockDevice beneath = Images.open(ours, "raw", true, threads)) {
                        Images.commit(top, beneath, Progress.NONE);
                    }
                },
                () -> Commands.run("qemu-img", "commit", "-q", "-d", "-f", "qcow2", peers.toString()));
        Commands.run("qemu-img", "compare", "-f", "raw", "-F", "raw", ours.toString(), theirs.toString());
    }

    private void compare(String name, Work ours, Work peer) throws Exception {
        Samples first = new Samples();
        Samples second = new Samples();
        for (int round = 0; round <= rounds; round++) {
            double mine = seconds(ours);
            double its = seconds(peer);
            if (round > 0) {
                first.add(mine);
                second.add(its);
            }
        }
        System.out.println(String.format(
                Locale.ROOT,
                "| %s | %s | %s | %.2fx |",
                name,
                first.text("%.2f"),
                second.text("%.2f"),
                second.median() / first.median()));
    }

    private static double seconds(Work work) throws Exception {
        long from = System.nanoTime();
        work.run();
        return (System.nanoTime() - from) / NANOS;
    }
}

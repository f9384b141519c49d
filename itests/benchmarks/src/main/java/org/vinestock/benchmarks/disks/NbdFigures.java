package org.vinestock.benchmarks.disks;

import static org.vinestock.benchmarks.Figures.say;
import static org.vinestock.benchmarks.Figures.sayMachine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures what serving a disk costs: fio against our server, qemu-nbd and nbdkit, which take turns in each round.
 * {@code itests/benchmarks/nbd [SECONDS [ROUNDS]]} runs it; SECONDS is how long each load lasts, 1 unless given. Before the rounds each
 * server is written to with checksums, which are read back; after them all disks of qcow2 are checked, and those of chains
 * compared, by qemu-img.
 */
public final class NbdFigures {
    private static final long SIZE = 512L << 20;
    private static final int DEEP = 64;

    /** A load. */
    private record Load(String name, String rw, String blocks, int depth) {}

    /** What a load did. */
    private record Seen(double perCpuSecond, double perSecond, double medianMicros) {}

    private static final Load RANDOM_READ = new Load("4 KiB random read, depth 64", "randread", "4k", DEEP);
    private static final Load RANDOM_WRITE = new Load("4 KiB random write, depth 64", "randwrite", "4k", DEEP);
    private static final List<Load> SHALLOW = List.of(
            new Load("4 KiB random read, depth 1", "randread", "4k", 1),
            new Load("4 KiB random write, depth 1", "randwrite", "4k", 1),
            new Load("4 KiB random read, depth 8", "randread", "4k", 8),
            new Load("4 KiB random write, depth 8", "randwrite", "4k", 8));
    private static final List<Load> SEQUENTIAL = List.of(
            new Load("256 KiB sequential read, depth 8", "read", "256k", 8),
            new Load("256 KiB sequential write, depth 8", "write", "256k", 8));

    private final Path folder;
    private final double seconds;
    private final int rounds;
    private final Ratios ratios = new Ratios();

    private NbdFigures(Path folder, double seconds, int rounds) {
        this.folder = folder;
        this.seconds = seconds;
        this.rounds = rounds;
    }

    /** Runs all. */
    public static void main(String[] arguments) throws Exception {
        double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 1;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Path shared = Path.of("/dev/shm");
        Path folder = Files.createTempDirectory(
                Files.isDirectory(shared) ? shared : Path.of(System.getProperty("java.io.tmpdir")), "nbd");
        try {
            sayMachine();
            new NbdFigures(folder, seconds, rounds).run();
        } finally {
            delete(folder);
        }
    }

    private void run() throws Exception {
        raw();
        double[] one = chain(1);
        double[] eight = chain(8);
        ratios.add("qcow2, 4 KiB random read: chain of 8 to chain of 1", 1 / 1.1, eight, one);
        ratios.say();
    }

    // A raw file

    private void raw() throws Exception {
        for (String name : List.of("ours", "qemu", "nbdkit")) {
            fill(folder.resolve(name + ".raw"));
        }
        try (Server ours = Server.ours(folder.resolve("a"), folder.resolve("ours.raw"), "raw");
                Server qemu = Server.qemuNbd(folder.resolve("b"), folder.resolve("qemu.raw"), "raw");
                Server nbdkit = Server.nbdkit(folder.resolve("c"), folder.resolve("nbdkit.raw"))) {
            List<Server> all = List.of(ours, qemu, nbdkit);
            warm(all);
            for (Load load : List.of(RANDOM_READ, RANDOM_WRITE)) {
                Seen[][] seen = measure("raw", load, all);
                ratios.add(load.name + ", operations per CPU: nbdkit", 2.2, cpu(seen[0]), cpu(seen[2]));
                ratios.add(load.name + ", operations per CPU: qemu-nbd", 6, cpu(seen[0]), cpu(seen[1]));
            }
            for (Load load : SHALLOW) {
                Seen[][] seen = measure("raw", load, all);
                for (int peer = 1; peer < all.size(); peer++) {
                    String against = ": " + all.get(peer).name;
                    ratios.add(load.name + ", operations" + against, 1, rate(seen[0]), rate(seen[peer]));
                    ratios.add(
                            load.name + ", 1 / median latency" + against, 1, quickness(seen[0]), quickness(seen[peer]));
                }
            }
            for (Load load : SEQUENTIAL) {
                Seen[][] seen = measure("raw", load, all);
                double[] better = new double[rounds];
                for (int i = 0; i < rounds; i++) {
                    better[i] = Math.max(seen[1][i].perSecond, seen[2][i].perSecond);
                }
                ratios.add(load.name + ", operations: the better peer", 1, rate(seen[0]), better);
            }
        }
        for (String name : List.of("ours", "qemu", "nbdkit")) {
            Files.delete(folder.resolve(name + ".raw"));
        }
    }

    // Chains, made by qemu-img

    /** Operations a second of CPU that we did of random reads. */
    private double[] chain(int depth) throws Exception {
        String name = "qcow2, chain of " + depth;
        Path base = folder.resolve("base.raw");
        fill(base);
        Path beneath = base;
        for (int layer = 1; layer < depth; layer++) {
            Path next = folder.resolve("layer" + layer + ".qcow2");
            overlay(next, beneath);
            write(next, layer);
            beneath = next;
        }
        Path mine = folder.resolve("ours.qcow2");
        Path theirs = folder.resolve("qemu.qcow2");
        for (Path top : List.of(mine, theirs)) {
            overlay(top, beneath);
            write(top, depth);
        }
        double[] result;
        try (Server ours = Server.ours(folder.resolve("a"), mine, "qcow2");
                Server qemu = Server.qemuNbd(folder.resolve("b"), theirs, "qcow2")) {
            Tool.run("qemu-img", "compare", "-f", "raw", "-F", "raw", ours.uri(), qemu.uri());
            List<Server> both = List.of(ours, qemu);
            Seen[][] reads = measure(name, new Load(RANDOM_READ.name, "randread", "4k", DEEP), both);
            result = cpu(reads[0]);
            ratios.add(name + ", " + RANDOM_READ.name + ", operations per CPU: qemu-nbd", 3, result, cpu(reads[1]));
            warm(both);
            Seen[][] writes = measure(name, RANDOM_WRITE, both);
            ratios.add(
                    name + ", " + RANDOM_WRITE.name + ", operations per CPU: qemu-nbd",
                    3,
                    cpu(writes[0]),
                    cpu(writes[1]));
        }
        Tool.run("qemu-img", "check", "-f", "qcow2", mine);
        say("%s: both read alike before the writes, and qemu-img check finds our image clean after them", name);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        return result;
    }

    private static void overlay(Path image, Path beneath) throws Exception {
        String format = beneath.toString().endsWith(".raw") ? "raw" : "qcow2";
        Tool.run("qemu-img", "create", "-q", "-f", "qcow2", "-b", beneath, "-F", format, image);
    }

    /** Writes a sixteenth of the disk, here and there, the same for each layer of that number. */
    private static void write(Path image, int layer) throws Exception {
        Random random = new Random(layer);
        List<Object> command = new ArrayList<>(List.of("qemu-io", "-f", "qcow2"));
        for (int i = 0; i < 32; i++) {
            command.add("-c");
            command.add(
                    "write -q -P " + (layer * 16 + i) % 256 + " " + (random.nextInt((int) (SIZE >> 20)) << 20) + " 1M");
        }
        command.add(image);
        Tool.run(command.toArray());
    }

    private static void fill(Path file) throws IOException {
        Random random = new Random(1);
        byte[] piece = new byte[1 << 20];
        random.nextBytes(piece);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long at = 0; at < SIZE; at += piece.length) {
                ByteBuffer.wrap(piece).putLong(0, at);
                channel.write(ByteBuffer.wrap(piece));
            }
        }
    }

    // Loads

    /** Writes all of each disk with checksums and reads them back, which also lets what compiles late compile. */
    private void warm(List<Server> servers) throws Exception {
        for (Server server : servers) {
            Tool.run(
                    "fio",
                    "--name=check",
                    "--ioengine=nbd",
                    "--uri=" + server.uri(),
                    "--rw=randwrite",
                    "--bs=4k",
                    "--iodepth=" + DEEP,
                    "--size=" + SIZE,
                    "--verify=crc32c",
                    "--verify_fatal=1",
                    "--do_verify=1",
                    "--output-format=json");
            say("%s: all of the disk written at random with checksums, and read back right", server.name);
        }
    }

    /** By server, by round. */
    private Seen[][] measure(String disk, Load load, List<Server> servers) throws Exception {
        Seen[][] seen = new Seen[servers.size()][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int i = 0; i < servers.size(); i++) {
                Seen one = once(load, servers.get(i));
                if (round >= 0) {
                    seen[i][round] = one;
                }
            }
        }
        for (int i = 0; i < servers.size(); i++) {
            say(
                    "%s, %s, %-9s us of CPU an operation %s, operations a second %s, median latency us %s",
                    disk,
                    load.name,
                    servers.get(i).name,
                    Ratios.spread("%.2f", 1e6, inverse(cpu(seen[i]))),
                    Ratios.spread("%.0f", 1, rate(seen[i])),
                    Ratios.spread("%.0f", 1e6, inverse(quickness(seen[i]))));
        }
        return seen;
    }

    private Seen once(Load load, Server server) throws Exception {
        double before = server.cpuSeconds();
        String said = Tool.run(
                        "fio",
                        "--name=load",
                        "--ioengine=nbd",
                        "--uri=" + server.uri(),
                        "--rw=" + load.rw,
                        "--bs=" + load.blocks,
                        "--iodepth=" + load.depth,
                        "--size=" + SIZE,
                        "--time_based",
                        String.format(Locale.ROOT, "--runtime=%.0fms", seconds * 1000),
                        "--norandommap",
                        "--randrepeat=0",
                        "--percentile_list=50",
                        "--output-format=json")
                .said();
        double cpu = Math.max(0.01, server.cpuSeconds() - before);
        String side = said.substring(said.indexOf(load.rw.endsWith("read") ? "\"read\"" : "\"write\""));
        return new Seen(
                number(side, "\"total_ios\" : ([0-9]+)") / cpu,
                number(side, "\"iops\" : ([0-9.]+)"),
                number(side, "\"clat_ns\"[^}]*\"50.000000\" : ([0-9]+)") / 1e3);
    }

    private static double number(String text, String pattern) throws IOException {
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
        if (!matcher.find()) {
            throw new IOException("fio said nothing like " + pattern + ": " + text);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static double[] cpu(Seen[] seen) {
        return Stream.of(seen).mapToDouble(Seen::perCpuSecond).toArray();
    }

    private static double[] rate(Seen[] seen) {
        return Stream.of(seen).mapToDouble(Seen::perSecond).toArray();
    }

    private static double[] quickness(Seen[] seen) {
        return Stream.of(seen).mapToDouble(one -> 1e6 / one.medianMicros).toArray();
    }

    private static double[] inverse(double[] values) {
        return java.util.Arrays.stream(values).map(value -> 1 / value).toArray();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

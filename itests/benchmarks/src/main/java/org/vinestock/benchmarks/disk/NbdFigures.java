package org.vinestock.benchmarks.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * NBD servers beside each other: five rounds, in each of which every server does every piece of work once. First the CPU time
 * of the server, then operations a second.
 */
public final class NbdFigures {
    private static final long SIZE = 1L << 30;
    private static final int LAYERS = 8;
    private static final int IOPS_OF_READS = 7; // fields of fio's terse output, version 3
    private static final int IOPS_OF_WRITES = 48;

    private final Map<String, Samples> perCpuSecond = new LinkedHashMap<>();
    private final Map<String, Samples> perSecond = new LinkedHashMap<>();
    private final int rounds;
    private final String seconds;

    private record Work(String name, String kind, String block, int depth) {}

    private NbdFigures(int rounds, String seconds) {
        this.rounds = rounds;
        this.seconds = seconds;
    }

    /** Rounds and seconds of each piece of work; 5 and 2 if they are left out. */
    public static void main(String[] arguments) throws Exception {
        NbdFigures figures = new NbdFigures(
                arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5, arguments.length > 1 ? arguments[1] : "2");
        Path folder = Files.createTempDirectory(Path.of("/dev/shm"), "nbd");
        try {
            figures.raw(folder);
            figures.overlays(folder, 1);
            figures.overlays(folder, LAYERS);
        } finally {
            Commands.run("rm", "-rf", folder.toString());
        }
    }

    private static List<Work> random(String prefix) {
        return List.of(
                new Work(prefix + "read, depth 64", "randread", "4k", 64),
                new Work(prefix + "write, depth 64", "randwrite", "4k", 64),
                new Work(prefix + "read, depth 8", "randread", "4k", 8),
                new Work(prefix + "write, depth 8", "randwrite", "4k", 8),
                new Work(prefix + "read, depth 1", "randread", "4k", 1),
                new Work(prefix + "write, depth 1", "randwrite", "4k", 1));
    }

    private void raw(Path folder) throws Exception {
        List<Work> works = new ArrayList<>(random("raw, random 4 KiB "));
        works.add(new Work("raw, sequential 256 KiB read", "read", "256k", 8));
        works.add(new Work("raw, sequential 256 KiB write", "write", "256k", 8));
        Path file = folder.resolve("raw");
        Commands.noise(file, SIZE);
        Path ours = Files.copy(file, folder.resolve("raw-ours"));
        Path other = Files.copy(file, folder.resolve("raw-qemu"));
        try (Server first = Server.ours(Files.createDirectory(folder.resolve("p")), ours, "raw");
                Server nbdkit = Server.nbdkit(folder, file);
                Server qemu = Server.qemuNbd(folder, other, "raw")) {
            measure(works, List.of(first, nbdkit, qemu));
        }
        print(works, List.of("nbdkit", "qemu-nbd"));
        for (Path each : List.of(file, ours, other)) {
            Files.delete(each);
        }
    }

    /** Chains that qemu-img made; each layer has clusters of its own here and there. */
    private void overlays(Path folder, int layers) throws Exception {
        Path base = folder.resolve("base");
        Commands.noise(base, SIZE);
        Path below = base;
        String format = "raw";
        for (int layer = 1; layer <= layers; layer++) {
            Path made = folder.resolve("layer" + layer + ".qcow2");
            Commands.run(
                    "qemu-img", "create", "-q", "-f", "qcow2", "-b", below.toString(), "-F", format, made.toString());
            List<String> command = new ArrayList<>(List.of("qemu-io", "-f", "qcow2"));
            for (int piece = 0; piece < 64; piece++) {
                long at = (piece * 16L + layer) << 20;
                command.addAll(List.of("-c", "write -q -P " + layer + " " + at % SIZE + " 512k"));
            }
            command.add(made.toString());
            Commands.run(command.toArray(new String[0]));
            below = made;
            format = "qcow2";
        }
        Path ours = below;
        Path other = Files.copy(below, folder.resolve("top-qemu.qcow2"));
        String prefix = "qcow2, " + layers + (layers == 1 ? " layer, " : " layers, ");
        List<Work> works = random(prefix + "random 4 KiB ").subList(0, 2);
        Path process = Files.createDirectory(folder.resolve("p" + layers));
        try (Server first = Server.ours(process, ours, "qcow2");
                Server qemu = Server.qemuNbd(folder, other, "qcow2")) {
            // All reads come before the first write: that would give the top clusters of its own.
            for (Work work : works) {
                measure(List.of(work), List.of(first, qemu));
            }
        }
        System.out.println(Commands.run("qemu-img", "check", "-f", "qcow2", ours.toString())
                .strip());
        print(works, List.of("qemu-nbd"));
        Commands.run("sh", "-c", "rm -f " + folder + "/*.qcow2 " + base);
    }

    private void measure(List<Work> works, List<Server> servers) throws IOException, InterruptedException {
        for (int round = 0; round <= rounds; round++) { // the first one warms up
            for (Work work : works) {
                for (Server server : servers) {
                    double before = Commands.cpu(server.pid);
                    String[] said = fio(work, server).split(";", -1);
                    double cpu = Commands.cpu(server.pid) - before;
                    double iops = Double.parseDouble(said[IOPS_OF_READS]) + Double.parseDouble(said[IOPS_OF_WRITES]);
                    double operations = iops * Double.parseDouble(seconds);
                    if (round > 0) {
                        at(perSecond, work, server.name).add(iops);
                        at(perCpuSecond, work, server.name).add(operations / Math.max(0.01, cpu));
                    }
                }
            }
            System.out.println("round " + round + " done, load " + Commands.load());
        }
    }

    private String fio(Work work, Server server) throws IOException, InterruptedException {
        String said = Commands.run(
                "fio",
                "--name=x",
                "--ioengine=nbd",
                "--uri=" + server.uri,
                "--rw=" + work.kind,
                "--bs=" + work.block,
                "--iodepth=" + work.depth,
                "--time_based",
                "--runtime=" + seconds,
                "--randrepeat=0",
                "--minimal");
        for (String line : said.split("\n", -1)) {
            if (line.startsWith("3;")) {
                return line;
            }
        }
        throw new IOException("fio said: " + said);
    }

    private static Samples at(Map<String, Samples> all, Work work, String server) {
        return all.computeIfAbsent(work.name + "|" + server, any -> new Samples());
    }

    private void print(List<Work> works, List<String> peers) throws IOException {
        System.out.println("\n| work | ours: operations a CPU second | a second | "
                + String.join(
                        " | ", peers.stream().map(peer -> peer + " | ratios").toList())
                + " |\n|---|---|---|" + "---|---|".repeat(peers.size()));
        for (Work work : works) {
            Samples cpu = at(perCpuSecond, work, "ours");
            Samples rate = at(perSecond, work, "ours");
            StringBuilder line =
                    new StringBuilder("| " + work.name + " | " + cpu.text("%,.0f") + " | " + rate.text("%,.0f"));
            for (String peer : peers) {
                Samples itsCpu = at(perCpuSecond, work, peer);
                Samples itsRate = at(perSecond, work, peer);
                line.append(String.format(
                        Locale.ROOT,
                        " | %,.0f a CPU second, %,.0f a second | %.2fx CPU, %.2fx rate",
                        itsCpu.median(),
                        itsRate.median(),
                        cpu.median() / itsCpu.median(),
                        rate.median() / itsRate.median()));
            }
            System.out.println(line + " |");
        }
        System.out.println("load " + Commands.load() + ", medians of " + rounds + " rounds of " + seconds + " s\n");
    }
}

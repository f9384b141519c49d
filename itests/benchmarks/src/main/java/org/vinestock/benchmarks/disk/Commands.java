package org.vinestock.benchmarks.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Programs of the machine, and what they use. */
final class Commands {
    private static final int TICKS_PER_SECOND = 100;

    private Commands() {}

    /** Runs one to its end and returns what it printed. */
    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(List.of(command) + " failed: " + said);
        }
        return said;
    }

    /** CPU time of a process, in seconds. */
    static double cpu(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_PER_SECOND;
    }

    static String load() throws IOException {
        return Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0];
    }

    /** A file of bytes that nobody can leave out. */
    static void noise(Path file, long length) throws IOException {
        byte[] piece = new byte[1 << 20];
        try (var out = Files.newOutputStream(file)) {
            Random random = new Random(1);
            for (long at = 0; at < length; at += piece.length) {
                random.nextBytes(piece);
                out.write(piece);
            }
        }
    }
}

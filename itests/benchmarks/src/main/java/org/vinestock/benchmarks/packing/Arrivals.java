package org.vinestock.benchmarks.packing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * The VMs of a trace in the format that {@code lab:replay} reads, which checks it; with arrivals spread over their period and
 * lifetimes drawn inside their bins as there. Times in milliseconds since the first period began.
 */
final class Arrivals {
    /** How long a period is. */
    static final long PERIOD = 300_000;
    /** Of a VM that was still there when the record ended. */
    static final long STAYS = Long.MAX_VALUE;

    /** One VM. */
    record Arrival(long at, int flavour, long leavesAt) {}

    /** A size of VM. */
    record Flavour(long millicores, long bytes) {}

    private final List<Flavour> flavours = new ArrayList<>();
    private final TreeMap<String, Integer> letters = new TreeMap<>();
    private final long[] upTo = new long[128];
    private final List<String> periods;
    private final List<String> lifetimes;

    /** Reads a trace and the files beside it. */
    Arrivals(Path file) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        for (String line : lines(folder.resolve("flav_map.txt"))) {
            String[] parts = line.split("[, ]", -1);
            letters.put(parts[2], flavours.size());
            flavours.add(new Flavour(
                    Math.round(Double.parseDouble(parts[0]) * 1000),
                    Math.round(Double.parseDouble(parts[1]) * (1L << 30))));
        }
        String name = String.valueOf(file.getFileName());
        Path bins = folder.resolve(name.substring(0, name.indexOf('.')) + ".interval_map.txt");
        for (String line : lines(bins)) {
            String[] parts = line.split(" ", -1);
            upTo[Integer.parseInt(parts[1])] = Long.parseLong(parts[0]) * 1000;
        }
        periods = lines(file);
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(folder, name.replaceFirst("\\.txt(\\.gz)?$", "") + ".c*.txt*")) {
            lifetimes = lines(found.iterator().next());
        }
    }

    private static List<String> lines(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                BufferedReader reader = new BufferedReader(new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.ISO_8859_1))) {
            return reader.lines().toList();
        }
    }

    List<Flavour> flavours() {
        return flavours;
    }

    /** How many periods there are. */
    int periods() {
        return periods.size();
    }

    /** The VMs in the order of their arrival. */
    List<Arrival> draw(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Arrival> drawn = new ArrayList<>();
        for (int period = 0; period < periods.size(); period++) {
            String[] flavour = tokens(periods.get(period));
            String[] lifetime = tokens(lifetimes.get(period));
            int batches = 0;
            for (int i = 0; i < flavour.length; i++) {
                batches += endsBatch(flavour, i) ? 1 : 0;
            }
            int batch = 0;
            for (int i = 0; i < flavour.length; i++) {
                if (!flavour[i].equals("|")) {
                    long at = period * PERIOD + PERIOD * batch / batches;
                    int size = Objects.requireNonNull(letters.get(flavour[i]));
                    drawn.add(new Arrival(at, size, leavesAt(at, lifetime[i], random)));
                }
                batch += endsBatch(flavour, i) ? 1 : 0;
            }
        }
        return drawn;
    }

    private static String[] tokens(String line) {
        String tokens = line.substring(line.indexOf(' ') + 1);
        return (tokens.endsWith(",") ? tokens.substring(0, tokens.length() - 1) : tokens).split(",", -1);
    }

    private static boolean endsBatch(String[] tokens, int at) {
        return !tokens[at].equals("|") && (at + 1 == tokens.length || tokens[at + 1].equals("|"));
    }

    private long leavesAt(long at, String lifetime, SplittableRandom random) {
        if (lifetime.charAt(0) != 'U') {
            return STAYS;
        }
        int bin = Integer.parseInt(lifetime.substring(1));
        long above = bin == 0 ? 0 : upTo[bin - 1];
        return at + above + Math.round(random.nextDouble() * (upTo[bin] - above));
    }
}

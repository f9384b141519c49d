package org.vinestock.lab.replay;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * A made-up trace in the format of {@link ArrivalTrace}, for where the public one is absent: {@code periods} periods of
 * 300 s, in each 1 to 5 batches of 1 to 12 VMs of one of four flavours; lifetimes of bins 0 to 14 (0 s to 3 h), one in
 * twelve still running at the end. The same seed makes the same files.
 */
public final class SmallTrace {
    private static final String[] FLAVOURS = {"1,1.75 b", "2,3.5 g", "4,7 k", "8,14 m"};

    private final Random random;

    private SmallTrace(long seed) {
        random = new Random(seed);
    }

    /** Writes the four files into {@code folder} and returns the first one. */
    public static Path write(Path folder, int periods, long seed) throws IOException {
        return new SmallTrace(seed).write(folder, periods);
    }

    private Path write(Path folder, int periods) throws IOException {
        StringBuilder flavours = new StringBuilder();
        StringBuilder lifetimes = new StringBuilder();
        for (int period = 0; period < periods; period++) {
            flavours.append(period * 300L).append(' ');
            lifetimes.append(period * 300L).append(' ');
            for (int batch = 1 + random.nextInt(5); batch > 0; batch--) {
                char letter = "bgkm".charAt(Math.min(random.nextInt(4), random.nextInt(4)));
                for (int vm = 1 + random.nextInt(12); vm > 0; vm--) {
                    flavours.append(letter).append(',');
                    lifetimes
                            .append(random.nextInt(12) == 0 ? 'C' : 'U')
                            .append(random.nextInt(15))
                            .append(',');
                }
                flavours.append("|,");
                lifetimes.append("|,");
            }
            flavours.append('\n');
            lifetimes.append('\n');
        }
        Path file = folder.resolve("small.txt.gz");
        writePacked(file, flavours);
        writePacked(folder.resolve("small.c" + periods * 300L + ".txt.gz"), lifetimes);
        Files.writeString(folder.resolve("flav_map.txt"), String.join("\n", FLAVOURS) + "\n");
        Files.writeString(folder.resolve("small.interval_map.txt"), bins());
        return file;
    }

    /** As in the public trace: one bin a period up to an hour, then one an hour. */
    private static String bins() {
        StringBuilder map = new StringBuilder();
        for (int seconds = 0; seconds <= 3 * 3600; seconds += 300) {
            int bin = seconds <= 3600 ? seconds / 300 : 12 + (seconds - 1) / 3600;
            map.append(seconds).append(' ').append(bin).append('\n');
        }
        return map.toString();
    }

    private static void writePacked(Path file, CharSequence text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
        }
    }
}

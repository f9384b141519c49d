package org.vinestock.lab.replay;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vinestock.model.ByteCount;

/**
 * Reads a trace whole, or says in one {@code IllegalArgumentException} which file and line is wrong and what is accepted.
 * Blocks for the disk; the public trace takes some 0.2 s.
 */
final class TraceReader {
    /** The most VMs that a trace may have. */
    static final int MAX_VMS = 20_000_000;

    private static final Pattern FLAVOUR =
            Pattern.compile("([0-9]+(?:\\.[0-9]{1,3})?),([0-9]+(?:\\.[0-9]{1,6})?) ([a-zA-Z])");

    private final List<Flavour> flavours = new ArrayList<>();
    private final byte[] flavourOf = new byte[128];
    private final LifetimeBins bins;
    private final Longs periods = new Longs();
    private final Ints periodEnds = new Ints();
    private final Ints batchEnds = new Ints();
    private byte[] flavour = new byte[1 << 16];
    private byte[] bin = new byte[1 << 16];
    private boolean[] ended = new boolean[1 << 16];
    private int vms;

    /** Reads the trace of which {@code arrivals} is the first file. */
    static ArrivalTrace read(Path arrivals) {
        TraceFiles files = TraceFiles.of(arrivals);
        TraceReader reader = new TraceReader(files.flavours(), files.intervals());
        try (TraceLines flavours = new TraceLines(arrivals);
                TraceLines lifetimes = new TraceLines(files.lifetimes())) {
            reader.readPeriods(flavours, lifetimes);
        }
        return reader.trace(arrivals);
    }

    private TraceReader(Path flavourMap, Path intervalMap) {
        Arrays.fill(flavourOf, (byte) -1);
        try (TraceLines lines = new TraceLines(flavourMap)) {
            readFlavours(lines);
        }
        try (TraceLines lines = new TraceLines(intervalMap)) {
            bins = readBins(lines);
        }
    }

    private void readFlavours(TraceLines lines) {
        String accepted = "vCPU,GB and a letter, such as \"1,1.75 b\"";
        for (String line = lines.next(); line != null; line = lines.next()) {
            Matcher parts = FLAVOUR.matcher(line);
            if (!parts.matches()) {
                throw lines.broken("is " + TraceLines.shown(line), accepted);
            }
            long millicores = new BigDecimal(parts.group(1)).movePointRight(3).longValue();
            long bytes = new BigDecimal(parts.group(2))
                    .multiply(BigDecimal.valueOf(1L << 30))
                    .longValue();
            char letter = parts.group(3).charAt(0);
            if (millicores < 1 || bytes < 1) {
                throw lines.broken("is a VM without CPU or memory", accepted);
            }
            if (flavourOf[letter] >= 0) {
                throw lines.broken("gives the letter " + letter + " a second time", "each letter once");
            }
            flavourOf[letter] = (byte) flavours.size();
            flavours.add(new Flavour(letter, millicores, new ByteCount(bytes)));
        }
        if (flavours.isEmpty()) {
            throw new IllegalArgumentException("file " + lines.file() + " is empty; accepted: lines of " + accepted);
        }
    }

    private static LifetimeBins readBins(TraceLines lines) {
        String accepted = "seconds and bin, both growing, bins from 0 without a gap, such as \"300 1\"";
        Longs edges = new Longs();
        long before = -1;
        for (String line = lines.next(); line != null; line = lines.next()) {
            int space = line.indexOf(' ');
            if (space < 0) {
                throw lines.broken("is " + TraceLines.shown(line), accepted);
            }
            long seconds = lines.number(line.substring(0, space), "seconds", accepted);
            long bin = lines.number(line.substring(space + 1), "bin", accepted);
            if (seconds <= before || bin < edges.size - 1 || bin > edges.size || bin > 126) {
                throw lines.broken("is " + TraceLines.shown(line) + " after second " + before, accepted);
            }
            if (bin == edges.size) {
                edges.add(seconds);
            } else {
                edges.values[edges.size - 1] = seconds;
            }
            before = seconds;
        }
        if (edges.size == 0) {
            throw new IllegalArgumentException("file " + lines.file() + " is empty; accepted: lines of " + accepted);
        }
        return new LifetimeBins(edges.copy());
    }

    private void readPeriods(TraceLines flavours, TraceLines lifetimes) {
        String line = flavours.next();
        String other = lifetimes.next();
        while (line != null && other != null) {
            readPeriod(flavours, line, lifetimes, other);
            line = flavours.next();
            other = lifetimes.next();
        }
        if (line != null || other != null) {
            TraceLines longer = line != null ? flavours : lifetimes;
            TraceLines shorter = line != null ? lifetimes : flavours;
            throw longer.broken(
                    "has no counterpart in " + shorter.file().getFileName(), "files with as many lines as each other");
        }
    }

    private void readPeriod(TraceLines flavours, String line, TraceLines lifetimes, String other) {
        String accepted = "seconds, a space and tokens, such as \"1800000 m,|,a,|,\"";
        int at = line.indexOf(' ') + 1;
        int to = other.indexOf(' ') + 1;
        if (at == 0) {
            throw flavours.broken("is " + TraceLines.shown(line), accepted);
        }
        long seconds = flavours.number(line.substring(0, at - 1), "seconds", accepted);
        if (!other.startsWith(line.substring(0, at))) {
            throw lifetimes.broken(
                    "is " + TraceLines.shown(other),
                    "second " + seconds + " like " + flavours.file().getFileName());
        }
        if (periods.size > 0 && seconds <= periods.values[periods.size - 1]) {
            throw flavours.broken(
                    "is of second " + seconds + " after second " + periods.values[periods.size - 1], "growing seconds");
        }
        int begin = vms;
        while (at < line.length() && to < other.length()) {
            int end = tokenEnd(line, at);
            int otherEnd = tokenEnd(other, to);
            if (isBar(line, at, end) != isBar(other, to, otherEnd)) {
                throw lifetimes.broken(
                        "has " + TraceLines.shown(other.substring(to, otherEnd)) + " where "
                                + flavours.file().getFileName() + " has " + TraceLines.shown(line.substring(at, end)),
                        "a bar where the other has one");
            }
            if (isBar(line, at, end)) {
                endBatch(begin);
            } else {
                add(flavours, line.substring(at, end), lifetimes, other.substring(to, otherEnd));
            }
            at = end + 1;
            to = otherEnd + 1;
        }
        if (at < line.length() || to < other.length()) {
            TraceLines longer = at < line.length() ? flavours : lifetimes;
            throw longer.broken("has more tokens than its counterpart", "as many tokens as each other");
        }
        endBatch(begin);
        periods.add(seconds);
        periodEnds.add(vms);
    }

    private void add(TraceLines flavours, String letter, TraceLines lifetimes, String lifetime) {
        int known = letter.length() == 1 && letter.charAt(0) < 128 ? flavourOf[letter.charAt(0)] : -1;
        if (known < 0) {
            throw flavours.broken("has the flavour " + TraceLines.shown(letter), "a letter of flav_map.txt or a bar");
        }
        String accepted = "U or C and a bin from 0 to " + (bins.count() - 1);
        char end = lifetime.isEmpty() ? ' ' : lifetime.charAt(0);
        if (end != 'U' && end != 'C') {
            throw lifetimes.broken("has the lifetime " + TraceLines.shown(lifetime), accepted);
        }
        long b = lifetimes.number(lifetime.substring(1), "bin", accepted);
        if (b >= bins.count()) {
            throw lifetimes.broken("has the lifetime " + TraceLines.shown(lifetime), accepted);
        }
        if (vms == flavour.length) {
            if (vms >= MAX_VMS) {
                throw flavours.broken("is beyond VM " + MAX_VMS, "a trace of at most " + MAX_VMS + " VMs");
            }
            flavour = Arrays.copyOf(flavour, vms * 2);
            bin = Arrays.copyOf(bin, vms * 2);
            ended = Arrays.copyOf(ended, vms * 2);
        }
        flavour[vms] = (byte) known;
        bin[vms] = (byte) b;
        ended[vms] = end == 'U';
        vms++;
    }

    /** Ends the batch of a period that began with VM {@code begin}, if it has VMs. */
    private void endBatch(int begin) {
        int before = batchEnds.size == 0 ? 0 : batchEnds.values[batchEnds.size - 1];
        if (vms > Math.max(begin, before)) {
            batchEnds.add(vms);
        }
    }

    private ArrivalTrace trace(Path file) {
        if (vms == 0) {
            throw new IllegalArgumentException("file " + file + " has no arrivals; accepted: at least one VM");
        }
        return new ArrivalTrace(
                flavours,
                bins,
                periods.copy(),
                periodEnds.copy(),
                batchEnds.copy(),
                Arrays.copyOf(flavour, vms),
                Arrays.copyOf(bin, vms),
                Arrays.copyOf(ended, vms));
    }

    private static boolean isBar(String line, int at, int end) {
        return end == at + 1 && line.charAt(at) == '|';
    }

    private static int tokenEnd(String line, int at) {
        int comma = line.indexOf(',', at);
        return comma < 0 ? line.length() : comma;
    }

    /** A growing column. */
    private static final class Longs {
        long[] values = new long[64];
        int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        long[] copy() {
            return Arrays.copyOf(values, size);
        }
    }

    /** A growing column. */
    private static final class Ints {
        int[] values = new int[64];
        int size;

        void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        int[] copy() {
            return Arrays.copyOf(values, size);
        }
    }
}

package org.vinestock.benchmarks.disks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.vinestock.benchmarks.Figures;

/** The table at the end: what was wished for, what was seen. A median of ratios of rounds, as the load differs by the round. */
final class Ratios {
    private static final class Row {
        private final String what;
        private final double goal;
        private final double[] seen;

        private Row(String what, double goal, double[] seen) {
            this.what = what;
            this.goal = goal;
            this.seen = seen;
        }
    }

    private final List<Row> rows = new ArrayList<>();

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** A median with its least and most, scaled for people. */
    static String spread(String format, double scale, double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                format + " (" + format + " - " + format + ")",
                median(values) * scale,
                sorted[0] * scale,
                sorted[sorted.length - 1] * scale);
    }

    /** Notes one value a round of each side; more of {@code ours} is better. */
    void add(String what, double goal, double[] ours, double[] peers) {
        double[] seen = new double[ours.length];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = ours[i] / peers[i];
        }
        rows.add(new Row(what, goal, seen));
    }

    /** Prints all. */
    void say() {
        Row[] all = rows.toArray(new Row[0]);
        for (Row row : all) {
            boolean met = median(row.seen) >= row.goal;
            Figures.say(
                    "%-60s goal %5.2f  seen %-22s %s",
                    row.what, row.goal, spread("%.2f", 1, row.seen), met ? "met" : "MISSED");
        }
    }
}

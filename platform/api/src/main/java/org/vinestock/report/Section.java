package org.vinestock.report;

import java.util.List;

/** A part of a report. What is not words or a table says what it is where only text can be shown. */
public sealed interface Section {
    /** What it shows. */
    String title();

    /** Sentences, each a line of its own. */
    record Words(String title, List<String> lines) implements Section {
        /** Copies the list. */
        public Words {
            lines = List.copyOf(lines);
        }

        @Override
        public String toString() {
            return title + ": " + String.join("; ", lines);
        }
    }

    /**
     * A table; what begins with a digit is a number.
     *
     * @param rows each with as many cells as there are columns
     */
    record Grid(String title, List<String> columns, List<List<String>> rows) implements Section {
        /** Copies the lists. */
        public Grid {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }

        @Override
        public String toString() {
            return title + ": a table of " + rows.size() + " rows";
        }
    }

    /**
     * Values over time.
     *
     * @param unit of the values, such as {@code hosts}
     * @param seconds when, growing; the series have a value for each
     */
    record Curves(String title, String unit, List<Double> seconds, List<Series> series) implements Section {
        /** Copies the lists. */
        public Curves {
            seconds = List.copyOf(seconds);
            series = List.copyOf(series);
        }

        @Override
        public String toString() {
            return title + ": a chart over time";
        }
    }

    /**
     * How often something was the case, such as a latency.
     *
     * @param unit of the counts
     * @param labels of the classes, in order; the series have a value for each
     */
    record Counts(String title, String unit, List<String> labels, List<Series> series) implements Section {
        /** Copies the lists. */
        public Counts {
            labels = List.copyOf(labels);
            series = List.copyOf(series);
        }

        @Override
        public String toString() {
            return title + ": a chart of counts";
        }
    }

    /**
     * How full things are, before and after.
     *
     * @param shares what is measured of each, such as CPU and memory
     */
    record Fills(String title, List<String> shares, List<Fill> fills) implements Section {
        /** Copies the lists. */
        public Fills {
            shares = List.copyOf(shares);
            fills = List.copyOf(fills);
        }

        @Override
        public String toString() {
            return title + ": a map of " + fills.size();
        }
    }

    /**
     * How full one thing is; shares are of 0 to 1.
     *
     * @param within where it is, from the large to the small, such as zone and rack
     * @param lost whether it is out of order
     */
    record Fill(String name, List<String> within, boolean lost, List<Double> before, List<Double> after) {
        /** Copies the lists. */
        public Fill {
            within = List.copyOf(within);
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /**
     * What lasted how long, one below the other.
     *
     * @param seconds how long the whole lasted
     */
    record Spans(String title, double seconds, List<Span> spans) implements Section {
        /** Copies the list. */
        public Spans {
            spans = List.copyOf(spans);
        }

        @Override
        public String toString() {
            return title + ": a chart of " + spans.size() + " spans";
        }
    }

    /**
     * Something with a beginning and an end.
     *
     * @param words what it was
     * @param open whether it had not ended yet
     */
    record Span(String name, double from, double to, String words, boolean open) {}
}

package org.vinestock.surfaces.report;

import org.vinestock.report.Section;

/** Draws counts as columns, those of the series beside each other. Classes at both ends where nothing was are left out. */
final class CountChart {
    private static final double GAP = 0.25;

    private CountChart() {}

    static void draw(Markup out, Section.Counts counts) {
        int from = 0;
        int to = counts.labels().size();
        while (from < to && isEmpty(counts, from)) {
            from++;
        }
        while (to > from && isEmpty(counts, to - 1)) {
            to--;
        }
        if (from == to) {
            out.element("p", "Nothing was counted.");
            return;
        }
        Frame.legend(out, counts.series());
        draw(out, counts, from, to, Frame.WIDE);
        draw(out, counts, from, to, Frame.NARROW);
    }

    private static boolean isEmpty(Section.Counts counts, int label) {
        return counts.series().stream().allMatch(series -> series.values().get(label) == 0);
    }

    private static void draw(Markup out, Section.Counts counts, int from, int to, Frame frame) {
        double most = counts.series().stream()
                .flatMap(series -> series.values().stream())
                .mapToDouble(value -> value)
                .max()
                .orElse(0);
        Scale upright = Scale.whole(most, 4);
        double room = (frame.right() - frame.left()) / (to - from);
        double column = room * (1 - GAP) / counts.series().size();
        frame.begin(out, counts.title());
        frame.upright(out, upright, counts.unit());
        int every = (int) Math.ceil((to - from) * (frame.narrow() ? 62.0 : 68.0) / (frame.right() - frame.left()));
        for (int label = from; label < to; label++) {
            double left = frame.left() + room * (label - from) + room * GAP / 2;
            for (int i = 0; i < counts.series().size(); i++) {
                double value = counts.series().get(i).values().get(label);
                double y = frame.y(upright, value);
                out.raw("<rect class=\"s" + i + "\" x=\"" + Markup.number(left + column * i) + "\" y=\""
                                + Markup.number(y) + "\" width=\"" + Markup.number(column) + "\" height=\""
                                + Markup.number(frame.bottom() - y) + "\"><title>")
                        .text(counts.series().get(i).name() + ", "
                                + counts.labels().get(label) + ": " + Scale.words(value))
                        .raw("</title></rect>");
            }
            if ((label - from) % every == 0) {
                frame.label(
                        out,
                        left + room * (1 - GAP) / 2,
                        frame.bottom() + 18,
                        "middle",
                        counts.labels().get(label));
            }
        }
        frame.end(out);
    }
}

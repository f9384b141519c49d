package org.vinestock.surfaces.report;

import java.util.List;
import org.vinestock.report.Section;
import org.vinestock.report.Series;

/** Draws values over time as lines. */
final class CurveChart {
    private CurveChart() {}

    static void draw(Markup out, Section.Curves curves) {
        double last = curves.seconds().isEmpty()
                ? 0
                : curves.seconds().get(curves.seconds().size() - 1);
        if (last <= 0) {
            out.element("p", "Too short to be drawn.");
            return;
        }
        Frame.legend(out, curves.series());
        draw(out, curves, last, Frame.WIDE);
        draw(out, curves, last, Frame.NARROW);
    }

    private static void draw(Markup out, Section.Curves curves, double last, Frame frame) {
        double most = curves.series().stream()
                .flatMap(series -> series.values().stream())
                .mapToDouble(value -> value)
                .max()
                .orElse(0);
        Scale upright = Scale.whole(most, 4);
        TimeAxis axis = TimeAxis.upTo(last);
        Scale along = Scale.of(last / axis.seconds(), frame.narrow() ? 4 : 8);
        frame.begin(out, curves.title() + " over time");
        frame.upright(out, upright, curves.unit());
        for (double tick : along.ticks()) {
            double x = x(frame, tick * axis.seconds(), last);
            if (x <= frame.right() + 0.5) {
                boolean unit = tick == 0;
                frame.label(out, x, frame.bottom() + 18, "middle", unit ? "0 " + axis.unit() : Scale.words(tick));
            }
        }
        for (int i = 0; i < curves.series().size(); i++) {
            out.raw("<path class=\"line s" + i + "\" d=\"")
                    .raw(path(curves.seconds(), curves.series().get(i), last, upright, frame))
                    .raw("\"/>\n");
        }
        frame.end(out);
    }

    private static String path(List<Double> seconds, Series series, double last, Scale upright, Frame frame) {
        StringBuilder path = new StringBuilder();
        int every = frame.narrow() ? Math.max(1, seconds.size() / 250) : 1;
        for (int i = 0; i < seconds.size(); i += every) {
            path.append(i == 0 ? 'M' : 'L')
                    .append(Markup.number(x(frame, seconds.get(i), last)))
                    .append(' ')
                    .append(Markup.number(frame.y(upright, series.values().get(i))));
        }
        return path.toString();
    }

    private static double x(Frame frame, double seconds, double last) {
        return frame.left() + (frame.right() - frame.left()) * seconds / last;
    }
}

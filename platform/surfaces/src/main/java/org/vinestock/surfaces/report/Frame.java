package org.vinestock.surfaces.report;

import java.util.List;
import org.vinestock.report.Series;

/**
 * The frame of a chart, drawn twice: for wide screens and for narrow ones, where scaled text could not be read.
 *
 * @param narrow whether it is the one for narrow screens
 */
record Frame(int width, int height, boolean narrow) {
    static final Frame WIDE = new Frame(760, 270, false);
    static final Frame NARROW = new Frame(350, 220, true);

    private static final int LEFT = 52;
    private static final int RIGHT = 12;
    private static final int TOP = 24;
    private static final int BOTTOM = 34;

    double left() {
        return LEFT;
    }

    double right() {
        return width - (double) RIGHT;
    }

    double top() {
        return TOP;
    }

    double bottom() {
        return height - (double) BOTTOM;
    }

    /** Begins the drawing; {@code words} say what it shows to who cannot see it. */
    void begin(Markup out, String words) {
        out.raw("<svg class=\"" + (narrow ? "narrow" : "wide") + "\" viewBox=\"0 0 " + width + " " + height
                        + "\" role=\"img\" aria-label=\"")
                .text(words)
                .raw("\">\n");
    }

    void end(Markup out) {
        out.raw("</svg>\n");
    }

    /** Draws the lines and numbers of the upright axis. */
    void upright(Markup out, Scale scale, String unit) {
        for (double tick : scale.ticks()) {
            double y = y(scale, tick);
            out.raw("<path class=\"grid\" d=\"M" + Markup.number(left()) + " " + Markup.number(y) + "H"
                    + Markup.number(right()) + "\"/>");
            label(out, left() - 6, y + 4, "end", Scale.words(tick));
        }
        label(out, 4, 13, "start", unit);
    }

    double y(Scale scale, double value) {
        return bottom() - (bottom() - top()) * value / scale.end();
    }

    void label(Markup out, double x, double y, String anchor, String text) {
        out.raw("<text x=\"" + Markup.number(x) + "\" y=\"" + Markup.number(y) + "\" text-anchor=\"" + anchor + "\">")
                .text(text)
                .raw("</text>\n");
    }

    /** Writes which colour is whose. */
    static void legend(Markup out, List<Series> series) {
        if (series.size() < 2) {
            return;
        }
        out.raw("<p class=\"legend\">");
        for (int i = 0; i < series.size(); i++) {
            out.raw("<span><i class=\"key s" + i + "\"></i> ")
                    .text(series.get(i).name())
                    .raw("</span> ");
        }
        out.raw("</p>\n");
    }
}

package org.vinestock.surfaces.report;

import org.vinestock.report.Section;

/** Draws spans as bars, one below the other. */
final class SpanChart {
    private SpanChart() {}

    static void draw(Markup out, Section.Spans spans) {
        if (spans.spans().isEmpty()) {
            out.element("p", "Nothing to show.");
            return;
        }
        double whole = Math.max(spans.seconds(), 1e-9);
        TimeAxis axis = TimeAxis.upTo(spans.seconds());
        Scale scale = Scale.of(whole / axis.seconds(), 6);
        out.raw("<div class=\"spans\"><div class=\"axis\">");
        for (double tick : scale.ticks()) {
            double share = tick * axis.seconds() / whole;
            if (share <= 1) {
                out.raw("<span style=\"left:" + percent(share) + "\">")
                        .text(tick == 0 ? "0 " + axis.unit() : Scale.words(tick))
                        .raw("</span>");
            }
        }
        out.raw("</div>\n");
        for (Section.Span span : spans.spans()) {
            double from = Math.max(0, Math.min(1, span.from() / whole));
            double to = Math.max(from, Math.min(1, span.to() / whole));
            out.raw("<div class=\"span\">")
                    .element("b", span.name())
                    .raw("<div class=\"track\"><i" + (span.open() ? " class=\"open\"" : "") + " style=\"left:"
                            + percent(from) + ";width:" + percent(to - from) + "\"></i></div>")
                    .element("span class=\"words\"", span.words())
                    .raw("</div>\n");
        }
        out.raw("</div>\n");
    }

    static String percent(double share) {
        return Markup.number(share * 100) + "%";
    }
}

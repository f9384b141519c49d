package org.vinestock.surfaces.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.vinestock.report.Section;

/** Draws how full things are where they stand: a card each, or, of many, a square each. */
final class FillMap {
    private static final int CARDS = 150;

    private FillMap() {}

    static void draw(Markup out, Section.Fills fills) {
        boolean cards = fills.fills().size() <= CARDS;
        out.raw("<p class=\"legend\">");
        if (cards) {
            for (int i = 0; i < fills.shares().size(); i++) {
                out.raw("<span><i class=\"key s" + i + "\"></i> ")
                        .text(fills.shares().get(i) + " after")
                        .raw("</span> ");
            }
            out.raw("<span><i class=\"key mark\"></i> before</span> ");
        } else {
            out.text("The fuller a host is afterwards, the darker its square. ");
        }
        out.raw("<span><i class=\"key lost\"></i> lost</span></p>\n");
        Map<String, Map<String, List<Section.Fill>>> zones = new TreeMap<>();
        for (Section.Fill fill : fills.fills()) {
            zones.computeIfAbsent(place(fill, 0), zone -> new TreeMap<>())
                    .computeIfAbsent(place(fill, 1), rack -> new ArrayList<>())
                    .add(fill);
        }
        zones.forEach((zone, racks) -> {
            out.element("h3", zone).raw("<div class=\"racks\">\n");
            racks.forEach((rack, hosts) -> {
                out.raw("<div>").element("h4", rack).raw("<div class=\"" + (cards ? "cards" : "squares") + "\">\n");
                hosts.forEach(fill -> {
                    if (cards) {
                        card(out, fill, fills.shares());
                    } else {
                        square(out, fill, fills.shares());
                    }
                });
                out.raw("</div></div>\n");
            });
            out.raw("</div>\n");
        });
    }

    private static String place(Section.Fill fill, int level) {
        return level < fill.within().size() ? fill.within().get(level) : "";
    }

    private static void card(Markup out, Section.Fill fill, List<String> shares) {
        out.raw("<div class=\"card" + (fill.lost() ? " lost" : "") + "\" title=\"")
                .text(words(fill, shares))
                .raw("\">")
                .element("b", fill.name());
        for (int i = 0; i < shares.size(); i++) {
            out.raw("<div class=\"bar\"><i class=\"s" + i + "\" style=\"width:"
                    + SpanChart.percent(bounded(fill.after().get(i))) + "\"></i><u style=\"left:"
                    + SpanChart.percent(bounded(fill.before().get(i))) + "\"></u></div>");
        }
        out.raw("</div>\n");
    }

    private static void square(Markup out, Section.Fill fill, List<String> shares) {
        double fullest =
                fill.after().stream().mapToDouble(share -> bounded(share)).max().orElse(0);
        out.raw("<i class=\"square" + (fill.lost() ? " lost" : "") + "\" style=\"--fill:" + SpanChart.percent(fullest)
                        + "\" title=\"")
                .text(words(fill, shares))
                .raw("\"></i>");
    }

    private static double bounded(double share) {
        return Math.max(0, Math.min(1, share));
    }

    private static String words(Section.Fill fill, List<String> shares) {
        StringBuilder words = new StringBuilder(fill.name()).append(fill.lost() ? ", lost" : "");
        for (int i = 0; i < shares.size(); i++) {
            words.append(String.format(
                    Locale.ROOT,
                    ", %s %.0f %% before, %.0f %% after",
                    shares.get(i),
                    fill.before().get(i) * 100,
                    fill.after().get(i) * 100));
        }
        return words.toString();
    }
}

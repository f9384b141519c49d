package org.vinestock.surfaces.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.vinestock.report.Report;
import org.vinestock.report.Section;
import org.vinestock.view.InWords;

/** A report as one page of HTML that loads nothing and runs nothing. */
public final class ReportPage {
    /** What such a page may do; whoever hands it out says so to the browser. */
    public static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String STYLE = style();
    private static final int FEW_COLUMNS = 3;
    private static final Pattern NUMBER = Pattern.compile("[0-9][0-9.,]*( ?(%|[a-z]{1,3}))?( [0-9.]+ [a-z]{1,3})?");

    private ReportPage() {}

    private static String style() {
        try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is missing from the bundle");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the page. */
    public static String of(Report report) {
        Markup out = new Markup();
        out.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
                .element("title", report.title() + " - Vinestock")
                .raw("<style>\n" + STYLE + "</style>\n</head>\n<body>\n<main>\n")
                .element("p class=\"kind\"", report.operation().replace('.', ':'))
                .element("h1", report.title())
                .element("p class=\"verdict\"", report.verdict());
        for (Section section : report.sections()) {
            out.raw("<section>\n").element("h2", section.title());
            draw(out, section);
            out.raw("</section>\n");
        }
        out.raw("<footer>")
                .text(report.id() + ", made " + InWords.of(report.madeAt()) + " for " + report.by()
                        + " by Vinestock. This page needs nothing else: keep it, send it.")
                .raw("</footer>\n</main>\n</body>\n</html>\n");
        return out.toString();
    }

    private static void draw(Markup out, Section section) {
        if (section instanceof Section.Words words) {
            words.lines().forEach(line -> out.element("p", line));
        } else if (section instanceof Section.Grid grid) {
            table(out, grid);
        } else if (section instanceof Section.Curves curves) {
            CurveChart.draw(out, curves);
        } else if (section instanceof Section.Counts counts) {
            CountChart.draw(out, counts);
        } else if (section instanceof Section.Fills fills) {
            FillMap.draw(out, fills);
        } else if (section instanceof Section.Spans spans) {
            SpanChart.draw(out, spans);
        }
    }

    private static void table(Markup out, Section.Grid grid) {
        if (grid.rows().isEmpty()) {
            out.element("p", "None.");
            return;
        }
        boolean many = grid.columns().size() > FEW_COLUMNS;
        out.raw("<div class=\"table\"><table" + (many ? " class=\"many\"" : "") + ">\n<tr>");
        for (int column = 0; column < grid.columns().size(); column++) {
            cell(out, "th", grid.columns().get(column), "", isOfNumbers(grid, column));
        }
        out.raw("</tr>\n");
        for (List<String> row : grid.rows()) {
            out.raw("<tr>");
            for (int column = 0; column < row.size(); column++) {
                cell(out, "td", row.get(column), grid.columns().get(column), isOfNumbers(grid, column));
            }
            out.raw("</tr>\n");
        }
        out.raw("</table></div>\n");
    }

    /** {@code name}: of the column, which a phone shows beside the value if there are many. */
    private static void cell(Markup out, String tag, String text, String name, boolean number) {
        out.element(
                tag
                        + (number ? " class=\"number\"" : "")
                        + (name.isEmpty() ? "" : " data-name=\"" + Markup.escaped(name) + "\""),
                text);
    }

    private static boolean isOfNumbers(Section.Grid grid, int column) {
        return column > 0
                && grid.rows().stream()
                        .map(row -> row.get(column))
                        .allMatch(cell -> cell.isEmpty()
                                || cell.equals("-")
                                || NUMBER.matcher(cell).matches());
    }
}

package org.vinestock.surfaces.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.vinestock.report.Report;
import org.vinestock.report.ReportId;
import org.vinestock.report.Section;
import org.vinestock.report.Series;
import org.xml.sax.InputSource;

class ReportPageTest {
    private static String page(Section... sections) {
        return ReportPage.of(new Report(
                new ReportId("report-1"),
                "strategy.compare",
                "a & b",
                "<script>alert(1)</script> is better",
                Instant.parse("2026-11-20T14:00:00Z"),
                "me",
                List.of(sections)));
    }

    private static final Section CURVES = new Section.Curves(
            "Hosts in use",
            "hosts in use",
            List.of(0.0, 3600.0, 7200.0),
            List.of(
                    new Series("best-fit@1.0", List.of(0.0, 5.0, 10.0)),
                    new Series("spread@1.0", List.of(0.0, 10.0, 10.0))));

    @Test
    void writesTextAsTextAndRunsNothing() {
        String page = page(
                new Section.Words("<w>", List.of("1 < 2 & \"so\"")),
                new Section.Grid("g", List.of("", "<a>"), List.of(List.of("x", "<td>"))),
                new Section.Spans("s", 5, List.of(new Section.Span("<vm>", 0, 2, "'>", false))),
                new Section.Fills(
                        "f",
                        List.of("CPU"),
                        List.of(new Section.Fill("<h>", List.of("<z>", "<r>"), true, List.of(0.5), List.of(0.0)))));
        assertFalse(page.contains("<script"), page);
        assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; is better"), page);
        for (String unsafe : List.of("<w>", "<a>", "<vm>", "<h>", "<z>", "<r>", "\"'>\"")) {
            assertFalse(page.contains(unsafe), unsafe);
        }
        assertFalse(page.contains("http:") || page.contains("https:") || page.contains("src="), "it loads nothing");
        assertFalse(page.contains("onclick") || page.contains("href"), page);
    }

    @Test
    void isWellFormed() throws Exception {
        String page = page(
                CURVES,
                new Section.Counts(
                        "n", "answers", List.of("<= 1 us", "more"), List.of(new Series("a", List.of(7.0, 1.0)))),
                new Section.Words("w", List.of("x")));
        String body = page.substring(page.indexOf("<body>"), page.indexOf("</html>"));
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(body)));
        assertEquals(4, document.getElementsByTagName("svg").getLength(), "each chart for wide and for narrow screens");
    }

    @Test
    void drawsACurveFromItsFirstToItsLastValue() {
        String page = page(CURVES);
        assertTrue(page.contains("<path class=\"line s0\" d=\"M52 236L400 130L748 24\"/>"), page);
        assertTrue(page.contains("<path class=\"line s1\" d=\"M52 236L400 24L748 24\"/>"), page);
        assertTrue(page.contains(">0 min<") && page.contains(">120<") && page.contains(">10<"), page);
    }

    @Test
    void leavesOutClassesInWhichNothingWas() {
        String page = page(new Section.Counts(
                "n",
                "answers",
                List.of("none", "some", "gap", "last", "more"),
                List.of(new Series("a", List.of(0.0, 1.0, 0.0, 2.0, 0.0)))));
        assertFalse(page.contains(">none<") || page.contains(">more<"), page);
        assertTrue(page.contains(">some<") && page.contains(">gap<") && page.contains(">last<"), page);
    }

    @Test
    void saysSoIfThereIsNothingToDraw() {
        String page = page(
                new Section.Curves("c", "u", List.of(), List.of(new Series("a", List.of()))),
                new Section.Counts("n", "u", List.of("x"), List.of(new Series("a", List.of(0.0)))),
                new Section.Spans("s", 5, List.of()),
                new Section.Grid("g", List.of("a"), List.of()));
        assertTrue(page.contains("Too short to be drawn."), page);
        assertTrue(page.contains("Nothing was counted."), page);
        assertTrue(page.contains("Nothing to show."), page);
        assertTrue(page.contains("None."), page);
    }
}

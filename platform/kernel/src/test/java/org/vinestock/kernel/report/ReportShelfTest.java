package org.vinestock.kernel.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.report.Report;
import org.vinestock.report.ReportId;
import org.vinestock.report.Section;
import org.vinestock.report.Series;

class ReportShelfTest {
    private static final Instant NOW = Instant.parse("2026-11-20T14:00:00Z");

    @TempDir
    Path folder = Path.of("");

    private final SimulatedScheduler scheduler = new SimulatedScheduler(1, NOW, (lane, thrown) -> {
        throw new AssertionError(lane, thrown);
    });

    private ReportShelf shelf() {
        return new ReportShelf(folder.resolve("reports"), new JsonCodec(), scheduler, "http://127.0.0.1:1");
    }

    private <T> T done(CompletionStage<T> stage) {
        scheduler.run(scheduler.instant().plus(Duration.ofSeconds(1)), 10_000);
        return stage.toCompletableFuture().getNow(null);
    }

    private static Report report(int number) {
        return new Report(
                new ReportId("report-" + number),
                "strategy.compare",
                "title <" + number + ">",
                "verdict",
                NOW,
                "me",
                List.of(
                        new Section.Words("w", List.of("one", "two")),
                        new Section.Grid("g", List.of("a", "b"), List.of(List.of("x", "1"))),
                        new Section.Curves(
                                "c", "hosts", List.of(0.0, 1.5), List.of(new Series("s", List.of(1.0, 2.0)))),
                        new Section.Counts("n", "answers", List.of("l"), List.of(new Series("s", List.of(7.0)))),
                        new Section.Fills(
                                "f",
                                List.of("CPU"),
                                List.of(new Section.Fill("h", List.of("z", "r"), true, List.of(0.5), List.of(0.0)))),
                        new Section.Spans("s", 9, List.of(new Section.Span("vm", 1, 2, "there", false)))));
    }

    @Test
    void givesBackWhatWasKeptAlsoToALaterProcess() {
        ReportShelf shelf = shelf();
        assertEquals(List.of(), done(shelf.list()));
        done(shelf.keep(report(9)));
        done(shelf.keep(report(10)));
        assertEquals(report(9), done(shelf.find(new ReportId("report-9"))));
        for (ReportShelf each : List.of(shelf, shelf())) {
            assertEquals(
                    List.of("report-10", "report-9"),
                    done(each.list()).stream().map(known -> known.id().value()).toList());
            assertEquals(report(10), done(each.find(new ReportId("report-10"))));
        }
        assertEquals("http://127.0.0.1:1/reports/report-9.html", shelf.page(new ReportId("report-9")));
    }

    @Test
    void dropsTheOldestOnes() throws IOException {
        ReportShelf shelf = shelf();
        for (int i = 1; i <= ReportShelf.KEPT + 5; i++) {
            done(shelf.keep(report(i)));
        }
        List<Report> kept = done(shelf.list());
        assertEquals(ReportShelf.KEPT, kept.size());
        assertEquals("report-" + (ReportShelf.KEPT + 5), kept.get(0).id().value());
        try (var files = Files.list(folder.resolve("reports"))) {
            assertEquals(ReportShelf.KEPT, files.count());
        }
        assertEquals(ReportShelf.KEPT, done(shelf().list()).size());
    }

    @Test
    void saysWhichThereAreIfOneIsNotKept() {
        ReportShelf shelf = shelf();
        assertEquals("report \"x\" is not kept; accepted: none is kept yet", refusal(shelf, "x"));
        done(shelf.keep(report(1)));
        assertEquals("report \"x\" is not kept; accepted: report-1", refusal(shelf, "x"));
    }

    private String refusal(ReportShelf shelf, String name) {
        CompletionStage<Report> found = shelf.find(new ReportId(name));
        return assertThrows(CompletionException.class, () -> done(found))
                .getCause()
                .getMessage();
    }

    @Test
    void leavesAloneWhatIsNoReport() throws IOException {
        Files.createDirectories(folder.resolve("reports"));
        Files.writeString(folder.resolve("reports").resolve("mine.json"), "{");
        ReportShelf shelf = shelf();
        done(shelf.keep(report(1)));
        assertEquals(1, done(shelf.list()).size());
        assertTrue(Files.exists(folder.resolve("reports").resolve("mine.json")));
    }
}

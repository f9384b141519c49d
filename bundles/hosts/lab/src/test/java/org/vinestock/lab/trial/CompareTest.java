package org.vinestock.lab.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.lab.PlayedSite;
import org.vinestock.lab.replay.SmallTrace;
import org.vinestock.model.HostId;
import org.vinestock.operation.OperationType;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;
import org.vinestock.report.Report;
import org.vinestock.report.ReportId;
import org.vinestock.report.Section;
import org.vinestock.report.Series;
import org.vinestock.task.Task;
import org.vinestock.task.TaskState;

/** {@code strategy.compare} on worlds of the lab, in simulated time. */
@Timeout(120)
class CompareTest {
    private static final JsonCodec CODEC = new JsonCodec();

    @TempDir
    Path folder = Path.of("");

    private PlayedSite live = new PlayedSite(1);

    @AfterEach
    void close() {
        live.close();
    }

    private Task<?> start(String first, String second, String more) {
        OperationType<?, ?> type = live.platform().operations().types().stream()
                .filter(known -> known.name().equals("strategy.compare"))
                .findFirst()
                .orElseThrow();
        String json =
                "{\"point\":\"placement.place\",\"first\":\"" + first + "\",\"second\":\"" + second + "\"" + more + "}";
        return start(type, json);
    }

    private <P extends Record, R extends Record> Task<R> start(OperationType<P, R> type, String json) {
        return live.start(type, CODEC.read(json, type.parameters()));
    }

    private Report done(Task<?> task) {
        live.pass(Duration.ofSeconds(1));
        assertTrue(task.result().toCompletableFuture().isDone(), "it goes on: " + live.tasks.find(task.id()));
        task.result().toCompletableFuture().join();
        return live.reports.get(live.reports.size() - 1);
    }

    private static Throwable failure(Task<?> task) {
        return assertThrows(
                        CompletionException.class,
                        () -> task.result().toCompletableFuture().getNow(null))
                .getCause();
    }

    private static List<String> row(Report report, String name) {
        Section.Grid grid = (Section.Grid) report.sections().get(1);
        return grid.rows().stream()
                .filter(row -> row.get(0).equals(name))
                .findFirst()
                .orElseThrow()
                .subList(1, 3);
    }

    @Test
    void bestFitNeedsFewerHostsThanSpreadForTheSameTrace() throws IOException {
        String file = SmallTrace.write(folder, 48, 3).toString();
        Report report = done(start("best-fit@1.0", "spread", ",\"on\":\"" + file + "\",\"hosts\":20"));
        assertTrue(
                report.verdict().startsWith("best-fit@1.0 is better here: both turned away nothing"), report.verdict());
        assertEquals(row(report, "questions").get(0), row(report, "questions").get(1));
        assertEquals(List.of("0", "0"), row(report, "turned away"));
        assertEquals(List.of("0", "0"), row(report, "moves"));
        double bestFit = Double.parseDouble(row(report, "hosts in use, mean").get(0));
        double spread = Double.parseDouble(row(report, "hosts in use, mean").get(1));
        assertTrue(bestFit > 1 && bestFit < spread && spread <= 20, bestFit + " " + spread);
        Section.Curves curves = (Section.Curves) report.sections().get(2);
        assertTrue(
                curves.seconds().size() > 300, "over time: " + curves.seconds().size());
        double most = curves.series().get(0).values().stream()
                .mapToDouble(value -> value)
                .max()
                .orElseThrow();
        assertEquals(row(report, "hosts in use, peak").get(0), String.valueOf((int) most));
    }

    @Test
    void whoTurnsFewerAwayIsBetterWhateverItUses() {
        live.vendor("none", () -> (question, context) -> new Answer<>(new Placement.Refused("never"), "never"));
        Report report = done(start("none", "best-fit", ",\"hosts\":10,\"minutes\":60"));
        assertTrue(report.verdict().startsWith("best-fit@1.0 is better here: it turned away"), report.verdict());
        assertEquals(row(report, "questions").get(0), row(report, "turned away").get(0));
        assertEquals("0", row(report, "hosts in use, peak").get(0));
    }

    @Test
    void theOtherOneIsAskedAboutTheSameStates() {
        live.vendor("first-fit", () -> CompareTest::firstFit);
        live.vendor("again", () -> CompareTest::firstFit);
        Report same = done(start("first-fit", "again", ",\"hosts\":10,\"minutes\":60"));
        assertEquals(List.of("100.0 %", "100.0 %"), row(same, "same answer as the other"));
        assertTrue(same.verdict().startsWith("No difference that counts"), same.verdict());
        Report other = done(start("first-fit", "spread", ",\"hosts\":10,\"minutes\":60"));
        assertEquals(
                row(same, "hosts in use, mean").get(0),
                row(other, "hosts in use, mean").get(0));
        assertEquals(row(same, "turned away").get(0), row(other, "turned away").get(0));
        assertNotEquals("100.0 %", row(other, "same answer as the other").get(0));
    }

    @Test
    void whatTheGuardrailsRefusedIsSaid() {
        live.vendor(
                "blind",
                () -> (question, context) -> new Answer<>(
                        new Placement.Placed(context.snapshot().hosts().id(0)), "always the first"));
        Report report = done(start("blind", "best-fit", ",\"hosts\":4,\"minutes\":60"));
        assertTrue(report.verdict().contains("But blind@1.0 left "), report.verdict());
        assertTrue(report.verdict().contains("the guardrails refused "), report.verdict());
        assertTrue(report.verdict().contains("capacity "), report.verdict());
        assertNotEquals("0", row(report, "answers that a guardrail refused").get(0));
        assertEquals("0", row(report, "answers that a guardrail refused").get(1));
    }

    @Test
    void theSameSeedGivesTheSameReportToTheLastByteAndAnotherOneAnother() {
        String first = json(done(start("best-fit", "spread", ",\"hosts\":8,\"minutes\":90")));
        assertEquals(first, json(done(start("best-fit", "spread", ",\"hosts\":8,\"minutes\":90"))));
        assertNotEquals(first, json(done(start("best-fit", "spread", ",\"hosts\":8,\"minutes\":90,\"seed\":2"))));
    }

    private static Answer<Placement> firstFit(PlacementQuestion question, Context context) {
        HostScan scan = new HostScan(question, context.snapshot());
        int row = 0;
        while (row < scan.end() && !scan.fits(row)) {
            row++;
        }
        return scan.answer(row == scan.end() ? -1 : row, List.of());
    }

    /** Without name and date. */
    private static String json(Report report) {
        return CODEC.write(new Report(
                new ReportId("report"),
                report.operation(),
                report.title(),
                report.verdict(),
                PlayedSite.START,
                report.by(),
                report.sections()));
    }

    @Test
    void changesNothingOfTheLiveSite() {
        long revision = live.head().ref().revision();
        long decisions = live.decisions.feed().newest();
        done(start("best-fit", "spread", ",\"hosts\":8,\"minutes\":60"));
        assertEquals(revision, live.head().ref().revision());
        assertEquals(decisions, live.decisions.feed().newest());
    }

    @Test
    void endsWhenItIsCancelled() {
        Task<?> task = start("best-fit", "spread", "");
        live.events(live.scheduler.instant(), 8);
        assertTrue(live.tasks.cancel(task.id()));
        live.pass(Duration.ofSeconds(1));
        assertEquals(
                TaskState.CANCELLED, live.tasks.find(task.id()).orElseThrow().state());
        assertTrue(
                failure(task).getMessage().contains("cancelled"), failure(task).getMessage());
        assertEquals(List.of(), live.reports);
    }

    @Test
    void strategiesThatNeverReturnAreEndedAndNamed() {
        live.close();
        live = new PlayedSite(1, null, Duration.ofMillis(300));
        PlacementStrategy stuck = (question, context) -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Answer<>(new Placement.Placed(new HostId("h")), "");
        };
        live.vendor("stuck", () -> stuck);
        live.vendor("hung", () -> stuck);
        Task<?> both = start("stuck", "hung", ",\"hosts\":8,\"minutes\":60");
        live.pass(Duration.ofSeconds(1));
        assertEquals(
                "stuck@1.0 at placement.place did not return within 300 ms in a simulation, which is ended; repair the"
                        + " strategy or simulate with another; hung@1.0 at placement.place did not return within 300 ms in a"
                        + " simulation, which is ended; repair the strategy or simulate with another",
                failure(both).getMessage());
        Task<?> one = start("best-fit", "hung", ",\"hosts\":8,\"minutes\":60");
        live.pass(Duration.ofSeconds(1));
        assertTrue(
                failure(one).getMessage().startsWith("hung@1.0 at"),
                failure(one).getMessage());
        assertEquals(List.of(), live.reports);
    }

    @Test
    void whatIsUnknownIsOneErrorThatNamesTheField() throws IOException {
        assertRefused(
                "first: \"worst-fit\" is unknown at placement.place; accepted: best-fit@1.0, spread@1.0",
                () -> start("worst-fit", "spread", ""));
        assertRefused(
                "second: \"spread@9\" is unknown at placement.place; accepted: best-fit@1.0, spread@1.0",
                () -> start("best-fit", "spread@9", ""));
        Path file = SmallTrace.write(folder, 4, 3);
        Files.writeString(folder.resolve("flav_map.txt"), "1,1.75 b\nnonsense\n");
        Task<?> broken = start("best-fit", "spread", ",\"on\":\"" + file + "\"");
        live.pass(Duration.ofSeconds(1));
        assertTrue(
                failure(broken).getMessage().contains("flav_map.txt line 2 is \"nonsense\""),
                failure(broken).getMessage());
    }

    private static void assertRefused(String said, org.junit.jupiter.api.function.Executable call) {
        assertEquals(said, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void showsItsCurvesWithAValueForEachMoment() {
        Report report = done(start("best-fit", "spread", ",\"hosts\":8,\"minutes\":60"));
        for (Section section : report.sections()) {
            if (section instanceof Section.Curves curves) {
                for (Series series : curves.series()) {
                    assertEquals(curves.seconds().size(), series.values().size());
                }
            }
        }
        assertEquals(report, CODEC.read(CODEC.write(report), Report.class));
    }
}

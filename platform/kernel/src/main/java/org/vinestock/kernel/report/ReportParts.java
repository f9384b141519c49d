package org.vinestock.kernel.report;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.vinestock.area.Parts;
import org.vinestock.kernel.decide.Table;
import org.vinestock.operation.Input;
import org.vinestock.report.Report;
import org.vinestock.report.ReportId;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;

/** What people see of reports, {@code report.list} and {@code report.info}; and {@code Reports} for whoever makes some. */
public final class ReportParts {
    private final ReportShelf shelf;
    private final Lane lane;

    private ReportParts(ReportShelf shelf, Lane lane) {
        this.shelf = shelf;
        this.lane = lane;
    }

    /** The parts of a shelf. */
    public static Parts of(ReportShelf shelf, Scheduler scheduler) {
        ReportParts parts = new ReportParts(shelf, scheduler.lane("report views"));
        return new Parts(
                List.of(),
                List.of(
                        new Table<>(
                                "report.list",
                                "Reports of comparisons and rehearsals, newest first, with their pages",
                                Nothing.class,
                                Line.class,
                                (nothing, page) -> parts.list(page)),
                        new Table<>(
                                "report.info",
                                "All of a report, as data",
                                OneReport.class,
                                Report.class,
                                (one, page) -> parts.info(one))),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(shelf),
                () -> {});
    }

    /** No parameters. */
    record Nothing() {}

    /** Names a report. */
    record OneReport(
            @Input(value = "Its name, such as report-1", at = 0, completedBy = "report.list#id")
            ReportId id) {}

    /** A report in the list. */
    record Line(ReportId id, Instant madeAt, String operation, String title, String verdict, String by, String page) {}

    private CompletionStage<Page<Line>> list(PageRequest request) {
        return shelf.list()
                .thenComposeAsync(
                        reports -> Table.page(
                                reports.isEmpty() ? "no report yet; strategy:compare makes one" : "",
                                reports.stream().map(this::line).toList(),
                                request),
                        lane);
    }

    private Line line(Report report) {
        return new Line(
                report.id(),
                report.madeAt(),
                report.operation(),
                report.title(),
                report.verdict(),
                report.by(),
                shelf.page(report.id()));
    }

    private CompletionStage<Page<Report>> info(OneReport one) {
        return shelf.find(one.id()).thenApplyAsync(report -> new Page<>(List.of(report)), lane);
    }
}

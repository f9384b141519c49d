package org.vinestock.kernel.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionLine;
import org.vinestock.kernel.ledger.Afterwards;
import org.vinestock.kernel.ledger.Ledger;
import org.vinestock.kernel.ledger.LedgerRow;
import org.vinestock.kernel.strategies.Roster;
import org.vinestock.kernel.strategies.Standing;
import org.vinestock.kernel.strategies.StrategyState;
import org.vinestock.operation.Input;
import org.vinestock.view.InWords;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** What people see of decisions. */
final class DecisionViews {
    private final Roster roster;
    private final Ledger ledger;
    private final Afterwards afterwards;
    private final Explain explain;

    DecisionViews(Roster roster, Ledger ledger, Afterwards afterwards, Explain explain) {
        this.roster = roster;
        this.ledger = ledger;
        this.afterwards = afterwards;
        this.explain = explain;
    }

    /** No parameters. */
    record Nothing() {}

    /** A decision point. */
    record Point(String name, String active, String standby, int strategies) {}

    /** Which decisions to list. */
    record ListQuery(
            @Input(
                    value = "Only those of a point, such as placement.place",
                    at = 0,
                    optional = true,
                    completedBy = "decision.points#name")
            @Nullable
            String point,

            @Input(value = "Only those about an object, such as vm-7", optional = true) @Nullable
            String subject,

            @Input("Only those that another one than the active strategy answered")
            boolean fallback) {}

    /** Names a decision. */
    record OneDecision(
            @Input(value = "Its number, such as d-17, or what it was about, such as vm-7", at = 0)
            String decision) {}

    /**
     * A decision in the list.
     *
     * @param instead why another one than the active strategy answered
     * @param outcome what became of it
     */
    record Row(
            String id,
            Instant at,
            String point,
            String subject,
            String choice,
            String by,
            Duration took,
            String because,
            String instead,
            String outcome) {}

    List<View<?, ?>> all() {
        return List.of(
                new Table<>(
                        "decision.points",
                        "Decision points and who decides",
                        Nothing.class,
                        Point.class,
                        (nothing, page) -> Table.page("", points(), page)),
                new Table<>("decision.list", "Decisions, newest first", ListQuery.class, Row.class, this::list),
                new Table<>(
                        "decision.explain",
                        "Why it was decided so, choice by choice",
                        OneDecision.class,
                        Explain.Row.class,
                        this::explain));
    }

    private List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (Map.Entry<String, List<Standing>> point : roster.standings().entrySet()) {
            points.add(new Point(
                    point.getKey(),
                    named(point.getValue(), StrategyState.ACTIVE),
                    named(point.getValue(), StrategyState.STANDBY),
                    point.getValue().size()));
        }
        return points;
    }

    private static String named(List<Standing> standings, StrategyState state) {
        return standings.stream()
                .filter(standing -> standing.state() == state)
                .map(standing -> standing.ref().shortName())
                .findFirst()
                .orElse("");
    }

    private CompletionStage<Page<Row>> list(ListQuery query, PageRequest page) {
        CompletableFuture<Page<Row>> read = new CompletableFuture<>();
        long before = page.after().isEmpty() ? Long.MAX_VALUE : number(page.after());
        afterwards.now(() -> read.complete(newest(query, Math.min(before, ledger.newest() + 1), page.limit())));
        return read;
    }

    private Page<Row> newest(ListQuery query, long before, int limit) {
        List<Row> rows = new ArrayList<>();
        long number = before - 1;
        for (; number >= ledger.oldest() && rows.size() < limit; number--) {
            ledger.find(number).filter(row -> wanted(row, query)).ifPresent(row -> rows.add(row(row)));
        }
        String heading = ledger.dropped() == 0 ? "" : ledger.dropped() + " older decisions are no longer held";
        return new Page<>(heading, rows, number >= ledger.oldest() ? "d-" + (number + 1) : null);
    }

    private static boolean wanted(LedgerRow<?, ?, ?> row, ListQuery query) {
        return (query.point() == null || query.point().equals(row.point().name()))
                && (query.subject() == null
                        || query.subject().equals(row.subject().value()))
                && (!query.fallback() || row.fallbackBecause() != null);
    }

    private static Row row(LedgerRow<?, ?, ?> row) {
        DecisionLine line = Ledger.line(row);
        String instead = line.fallbackBecause();
        Record outcome = row.outcome();
        return new Row(
                line.id().toString(),
                line.at(),
                line.point(),
                line.subject(),
                line.choice(),
                line.by().shortName(),
                line.took(),
                line.because(),
                instead == null ? "" : instead,
                outcome == null ? "" : InWords.of(outcome));
    }

    private CompletionStage<Page<Explain.Row>> explain(OneDecision one, PageRequest page) {
        CompletableFuture<Page<Explain.Row>> read = new CompletableFuture<>();
        afterwards.now(() -> find(one.decision())
                .ifPresentOrElse(
                        row -> explain.explain(row, page, read),
                        () -> read.completeExceptionally(unknown(one.decision()))));
        return read;
    }

    private Optional<LedgerRow<?, ?, ?>> find(String named) {
        Optional<LedgerRow<?, ?, ?>> about = ledger.newestAbout(named);
        return about.isPresent() || !named.matches("(d-)?\\d{1,18}") ? about : ledger.find(number(named));
    }

    private IllegalArgumentException unknown(String named) {
        return new IllegalArgumentException("decision: nothing is known about \"" + named + "\"; accepted: d-"
                + ledger.oldest() + " to d-" + ledger.newest() + ", or an object that one of these was about");
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.startsWith("d-") ? text.substring(2) : text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("after: \"" + text + "\"; accepted: a number such as d-17", e);
        }
    }
}

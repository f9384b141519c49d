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
import org.vinestock.decision.DecisionId;
import org.vinestock.decision.DecisionLine;
import org.vinestock.kernel.ledger.Exported;
import org.vinestock.kernel.ledger.LedgerHistory;
import org.vinestock.kernel.ledger.Remembered;
import org.vinestock.kernel.strategies.Roster;
import org.vinestock.kernel.strategies.Standing;
import org.vinestock.kernel.strategies.StrategyState;
import org.vinestock.operation.Input;
import org.vinestock.time.Lane;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** What people see of decisions. */
final class DecisionViews {
    private static final int ANEW = 100;

    private final Roster roster;
    private final LedgerHistory history;
    private final LedgerFacts facts;
    private final Explain explain;
    private final Lane lane;

    DecisionViews(Roster roster, LedgerHistory history, LedgerFacts facts, Explain explain, Lane lane) {
        this.roster = roster;
        this.history = history;
        this.facts = facts;
        this.explain = explain;
        this.lane = lane;
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

    /** Which decisions to show with all that was recorded. */
    record Range(
            @Input(value = "The first one, such as d-17; the oldest if left out", optional = true) @Nullable
            DecisionId from,

            @Input(value = "The last one; the newest if left out", optional = true) @Nullable
            DecisionId to) {}

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
                        "decision.records",
                        "Decisions with all that was recorded, oldest first, for other programs",
                        Range.class,
                        Exported.class,
                        this::export),
                new Table<>(
                        "decision.ledger",
                        "What the ledger holds, what it takes, and what is missing",
                        Nothing.class,
                        LedgerFacts.Row.class,
                        (nothing, page) -> Table.page("", List.of(facts.row()), page)),
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
        long before = page.after().isEmpty() ? Long.MAX_VALUE : number(page.after());
        return history.before(before, query.subject(), decision -> wanted(decision, query), page.limit())
                .thenApplyAsync(
                        some -> new Page<>(
                                facts.heading(),
                                some.decisions().stream()
                                        .map(DecisionViews::row)
                                        .toList(),
                                some.next() == 0 ? null : "d-" + some.next()),
                        lane);
    }

    private CompletionStage<Page<Exported>> export(Range range, PageRequest page) {
        DecisionId from = range.from();
        long first = page.after().isEmpty() ? (from == null ? 1 : from.number()) : number(page.after()) + 1;
        DecisionId to = range.to();
        long last = to == null ? Long.MAX_VALUE : to.number();
        return history.export(first, page.limit())
                .thenApplyAsync(
                        found -> {
                            List<Exported> rows = found.stream()
                                    .filter(row -> row.decision().number() <= last)
                                    .toList();
                            return new Page<>("", rows, rows.size() < page.limit() ? null : after(rows));
                        },
                        lane);
    }

    private static String after(List<Exported> rows) {
        return rows.get(rows.size() - 1).decision().toString();
    }

    private static boolean wanted(Remembered decision, ListQuery query) {
        DecisionLine line = decision.line();
        return (query.point() == null || query.point().equals(line.point()))
                && (query.subject() == null || query.subject().equals(line.subject()))
                && (!query.fallback() || line.fallbackBecause() != null);
    }

    private static Row row(Remembered decision) {
        DecisionLine line = decision.line();
        String instead = line.fallbackBecause();
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
                decision.outcome());
    }

    private CompletionStage<Page<Explain.Row>> explain(OneDecision one, PageRequest page) {
        return find(one.decision())
                .thenComposeAsync(
                        found -> found.isPresent()
                                ? explain(found.get(), page)
                                : missing(one.decision())
                                        .thenApplyAsync(
                                                because -> {
                                                    throw new IllegalArgumentException(because);
                                                },
                                                lane),
                        lane);
    }

    private CompletionStage<Page<Explain.Row>> explain(Remembered decision, PageRequest page) {
        return history.after(decision, ANEW)
                .exceptionallyAsync(thrown -> List.of(), lane) // what is known is explained all the same
                .thenComposeAsync(later -> explain.explain(decision, later, page), lane);
    }

    /** An object may be named like a decision; then the decision about it is meant. */
    private CompletionStage<Optional<Remembered>> find(String named) {
        return history.named(named, isNumber(named) ? number(named) : 0);
    }

    private CompletionStage<String> missing(String named) {
        return isNumber(named)
                ? history.around(number(named)).thenApplyAsync(around -> facts.missing(number(named), around), lane)
                : CompletableFuture.completedFuture(facts.unknown(named));
    }

    private static boolean isNumber(String named) {
        return named.matches("(d-)?\\d{1,18}");
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text.startsWith("d-") ? text.substring(2) : text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("after: \"" + text + "\"; accepted: a number such as d-17", e);
        }
    }
}

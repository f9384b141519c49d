package org.vinestock.kernel.decide;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.kernel.alarm.Alarm;
import org.vinestock.kernel.alarm.Alarms;
import org.vinestock.kernel.canary.CanaryRun;
import org.vinestock.kernel.ledger.Figures;
import org.vinestock.kernel.plugin.ContractReport;
import org.vinestock.kernel.strategies.Roster;
import org.vinestock.kernel.strategies.Standing;
import org.vinestock.kernel.strategies.StrategyState;
import org.vinestock.operation.Input;
import org.vinestock.view.View;

/** What people see of strategies and alarms. */
final class StrategyViews {
    private StrategyViews() {}

    /** Which strategies to list. */
    record ListQuery(
            @Input(
                    value = "Only those of a point, such as placement.place",
                    at = 0,
                    optional = true,
                    completedBy = "decision.points#name")
            @Nullable
            String point) {}

    /** Names a strategy. */
    record OneStrategy(
            @Input(value = "The decision point", at = 0, completedBy = "decision.points#name")
            String point,

            @Input(value = "The strategy, such as acme@1.0", at = 1, completedBy = "strategy.list#strategy")
            String strategy) {}

    /** No parameters. */
    record Nothing() {}

    /**
     * A strategy in the list.
     *
     * @param canary about whom it decides and how long; empty if it is no CANARY
     */
    record Row(
            String point,
            String strategy,
            StrategyState state,
            long decisions,
            long failures,
            String agreement,
            String breaker,
            String because,
            String canary) {}

    /**
     * All that is known of a strategy.
     *
     * @param decisions answers that decided something
     * @param passedOver questions that the fallback answered without asking it
     * @param starved questions that the fallback answered because the strategy's thread got no processor to begin in time
     * @param agreement how often it chose, as a shadow, what was chosen
     * @param wouldBeViolations how often the guardrails would have refused what it chose as a shadow
     * @param thread the thread that does not return, and where it is
     * @param canary about whom it decides and how long; empty if it is no CANARY
     * @param canaryFigures what was counted meanwhile, of its questions and of the others
     * @param abortIf what ends the trial early
     * @param outcomes answers of which it was told what became of them
     * @param badOutcomes of these, how many came to no good
     */
    record Info(
            String point,
            String strategy,
            String digest,
            StrategyState state,
            String because,
            String contract,
            List<String> brokenPromises,
            String breaker,
            long decisions,
            Duration p50,
            Duration p99,
            long failures,
            String lastFailure,
            long passedOver,
            long returnedLate,
            long starved,
            long shadowed,
            String agreement,
            long wouldBeViolations,
            long shadowFailures,
            long shadowsDropped,
            Duration shadowP50,
            Duration shadowP99,
            String thread,
            String canary,
            String canaryFigures,
            List<String> abortIf,
            long outcomes,
            long badOutcomes) {}

    static List<View<?, ?>> of(Roster roster, Alarms alarms, InstantSource time) {
        return List.of(
                new Table<>(
                        "strategy.list",
                        "Strategies of all points with their states",
                        ListQuery.class,
                        Row.class,
                        (query, page) -> Table.page("", rows(roster, query, time.instant()), page)),
                new Table<>(
                        "strategy.info",
                        "All that is known of a strategy",
                        OneStrategy.class,
                        Info.class,
                        (one, page) -> Table.page("", List.of(info(roster, one, time.instant())), page)),
                new Table<>(
                        "alarm.list",
                        "What needs a person",
                        Nothing.class,
                        Alarm.class,
                        (nothing, page) -> Table.page("", alarms.list(), page)));
    }

    private static List<Row> rows(Roster roster, ListQuery query, Instant now) {
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, List<Standing>> point : roster.standings().entrySet()) {
            if (query.point() == null || query.point().equals(point.getKey())) {
                for (Standing standing : point.getValue()) {
                    rows.add(row(roster, standing, now));
                }
            }
        }
        return rows;
    }

    private static Row row(Roster roster, Standing standing, Instant now) {
        Figures figures = standing.figures();
        return new Row(
                standing.ref().point(),
                standing.ref().shortName(),
                standing.state(),
                figures.calls(),
                figures.failures(),
                agreement(figures),
                roster.breaker(standing.ref()),
                standing.because(),
                roster.trial(standing.ref()).map(trial -> trial.text(now)).orElse(""));
    }

    private static Info info(Roster roster, OneStrategy one, Instant now) {
        Standing standing = roster.find(one.point(), one.strategy());
        Figures figures = standing.figures();
        ContractReport contract = standing.contract();
        Optional<CanaryRun> trial = roster.trial(standing.ref());
        return new Info(
                one.point(),
                standing.ref().shortName(),
                standing.ref().digest(),
                standing.state(),
                standing.because(),
                contract == null ? "" : contract.result(),
                contract == null ? List.of() : contract.failures(),
                roster.breaker(standing.ref()),
                figures.calls(),
                figures.latency().quantile(0.5),
                figures.latency().quantile(0.99),
                figures.failures(),
                text(figures.lastFailure()),
                figures.passedOverCount(),
                figures.returnedLateCount(),
                figures.starvedCount(),
                figures.shadowed(),
                agreement(figures),
                figures.violations(),
                figures.shadowFailures(),
                figures.shadowsDropped(),
                figures.shadowLatency().quantile(0.5),
                figures.shadowLatency().quantile(0.99),
                text(standing.stuck()),
                trial.map(its -> its.text(now)).orElse(""),
                trial.map(CanaryRun::report).orElse(""),
                trial.map(CanaryRun::abortIf).orElse(List.of()),
                figures.outcomes(),
                figures.badOutcomes());
    }

    private static String agreement(Figures figures) {
        long shadowed = figures.shadowed();
        return shadowed == 0
                ? ""
                : String.format(Locale.ROOT, "%.1f %% of %d", 100.0 * figures.agreed() / shadowed, shadowed);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}

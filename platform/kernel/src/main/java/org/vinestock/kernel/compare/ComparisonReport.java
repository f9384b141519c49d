package org.vinestock.kernel.compare;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.vinestock.report.Report;
import org.vinestock.report.ReportId;
import org.vinestock.report.Section;
import org.vinestock.report.Series;
import org.vinestock.view.InWords;

/** Writes a comparison down: the verdict, the figures, charts over time, how long answers took, how it was measured. */
final class ComparisonReport {
    private static final long FIRST_CLASS_NANOS = 1_000;
    private static final int CLASSES = 15;

    private final Comparison comparison;
    private final List<String> names;

    ComparisonReport(Comparison comparison) {
        this.comparison = comparison;
        String first = comparison.first().figures().strategy();
        String second = comparison.second().figures().strategy();
        names = first.equals(second) ? List.of(first + ", first", second + ", again") : List.of(first, second);
    }

    Report report(ReportId id, Instant madeAt, String by) {
        String uses = comparison.uses();
        return new Report(
                id,
                CompareOperation.TYPE.name(),
                names.get(0) + " and " + names.get(1) + " at " + comparison.point(),
                comparison.verdict(),
                madeAt,
                by,
                List.of(
                        new Section.Words("What happened", List.of(comparison.world())),
                        figures(),
                        curves(uses, uses, Measured::used),
                        curves("Turned away so far", "questions", Measured::refusals),
                        latencies(),
                        rules(),
                        measurement()));
    }

    private Section figures() {
        List<List<String>> rows = new ArrayList<>();
        row(rows, "questions", figures -> Comparison.grouped(figures.asked()));
        row(rows, "turned away", figures -> Comparison.grouped(figures.refused()));
        row(
                rows,
                "turned away, share",
                figures -> Comparison.percent(figures.asked() == 0 ? 0 : (double) figures.refused() / figures.asked()));
        row(rows, comparison.uses() + ", mean", figures -> Comparison.decimal(figures.usedMean()));
        row(rows, comparison.uses() + ", peak", figures -> Comparison.grouped(figures.usedPeak()));
        row(rows, "moves", figures -> Comparison.grouped(figures.moves()));
        row(rows, "answers that a guardrail refused", figures -> Comparison.grouped(figures.vetoes()));
        row(rows, "answered by the fallback", figures -> Comparison.grouped(figures.byFallback()));
        row(rows, "own time, p50", figures -> InWords.duration(figures.p50()));
        row(rows, "own time, p99", figures -> InWords.duration(figures.p99()));
        row(rows, "same answer as the other", figures -> Comparison.percent(figures.agreement()));
        return new Section.Grid("Figures", List.of("", names.get(0), names.get(1)), rows);
    }

    private void row(List<List<String>> rows, String name, Function<Figures, String> value) {
        rows.add(List.of(
                name,
                value.apply(comparison.first().figures()),
                value.apply(comparison.second().figures())));
    }

    /** The worlds may differ by a moment in how long they went on: what both have is drawn. */
    private Section curves(String title, String unit, Function<Measured, List<Double>> values) {
        List<Double> first = values.apply(comparison.first());
        List<Double> second = values.apply(comparison.second());
        int points = Math.min(first.size(), second.size());
        return new Section.Curves(
                title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1),
                unit,
                comparison.first().seconds().subList(0, points),
                List.of(
                        new Series(names.get(0), first.subList(0, points)),
                        new Series(names.get(1), second.subList(0, points))));
    }

    private Section latencies() {
        List<String> labels = new ArrayList<>();
        List<Double> first = new ArrayList<>();
        List<Double> second = new ArrayList<>();
        long above = -1;
        long upTo = FIRST_CLASS_NANOS;
        for (int i = 0; i < CLASSES; i++) {
            boolean last = i == CLASSES - 1;
            labels.add(last ? "more" : "<= " + InWords.duration(Duration.ofNanos(upTo)));
            long end = last ? Long.MAX_VALUE : upTo;
            first.add((double) comparison.first().latency().between(above, end));
            second.add((double) comparison.second().latency().between(above, end));
            above = upTo;
            upTo *= 2;
        }
        return new Section.Counts(
                "How long answers took",
                "answers",
                labels,
                List.of(new Series(names.get(0), first), new Series(names.get(1), second)));
    }

    private Section rules() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Measured measured = comparison.measured().get(i);
            lines.add(names.get(i) + ": "
                    + (measured.brokenRules().isEmpty()
                            ? "no answer broke a rule"
                            : "answers that broke a rule were refused and cost nothing: "
                                    + Comparison.rules(measured)));
            measured.instead().forEach(lines::add);
        }
        return new Section.Words("Rules, and why the fallback answered", lines);
    }

    private Section measurement() {
        return new Section.Words(
                "How it was measured",
                List.of(
                        "Each strategy decided alone in a simulated site of its own, in which the same happened: played"
                                + " hosts, simulated time, real tasks, decisions, guardrails and leases. Seed "
                                + comparison.trial().seed()
                                + ": the same seed gives the same figures, but for own times.",
                        "Figures were counted by the platform from what was decided and from the state of the site.",
                        "Own time is what an answer took by the clock of this machine, without queue, guardrails and"
                                + " reservation; of " + names.get(0) + " "
                                + Comparison.grouped(
                                        comparison.first().latency().count()) + " answers, of "
                                + names.get(1) + " "
                                + Comparison.grouped(
                                        comparison.second().latency().count()) + ".",
                        "Same answer: at each question the other strategy was asked about the same state as well;"
                                + " its answer decided nothing."));
    }
}

package org.vinestock.kernel.compare;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Answer;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Score;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.ledger.LedgerRow;
import org.vinestock.model.VinestockException;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;
import org.vinestock.trial.Course;
import org.vinestock.trial.Trial;

/**
 * One strategy in one world: counts what was decided and what is used up, by the point's score.
 *
 * <p>Owned by one lane, and within its runs by the twin's thread.
 */
final class TrialRun<Q extends Record, A> {
    private static final int SAMPLES = 500;
    private static final int ROWS_AT_ONCE = 1_000;
    private static final int REASONS = 5;
    /** How much longer than its length a world may go on. */
    private static final Duration SLACK = Duration.ofHours(1);

    private final DecisionPoint<Q, A, ?> point;
    private final Score<Q, A> score;
    private final StrategyRef strategy;
    private final World world;
    private final Course course;
    private final Instant latest;
    private final Duration length;
    private final Duration every;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> used = new ArrayList<>();
    private final List<Double> refusals = new ArrayList<>();
    private final SortedMap<String, Integer> brokenRules = new TreeMap<>();
    private final TreeSet<String> instead = new TreeSet<>();
    private final Scheduler scheduler;
    private final Lane lane;
    private long rowsRead;
    private long asked;
    private long refused;
    private long moves;
    private long vetoes;
    private long byFallback;

    TrialRun(DecisionPoint<Q, A, ?> point, Score<Q, A> score, StrategyRef strategy, Trial trial, World world) {
        this.point = point;
        this.score = score;
        this.strategy = strategy;
        this.world = world;
        length = trial.length();
        every = Duration.ofMillis(Math.max(100, length.toMillis() / SAMPLES));
        latest = trial.start().plus(length.multipliedBy(2)).plus(SLACK);
        scheduler = world.twin().platform().scheduler();
        lane = scheduler.lane("trial");
        course = trial.begin(world.twin().platform());
        sampleLater();
    }

    /**
     * Runs some events; returns whether the world has come to its end.
     *
     * @throws RuntimeException if it came to a failure instead
     */
    boolean run(long events) {
        long ran = world.twin().run(latest, events);
        count();
        RuntimeException failure = course.failure();
        if (failure != null) {
            throw failure;
        }
        if (!course.ended() && ran < events) {
            throw new VinestockException(
                    CompareError.TRIAL_STUCK,
                    strategy.shortName() + ": the world of " + length + " had not come to its end by " + latest);
        }
        return course.ended();
    }

    /** How much is done, 0 to 1. */
    double share() {
        return Math.min(1, course.passed().toMillis() / (double) Math.max(1, length.toMillis()));
    }

    long asked() {
        return asked;
    }

    long refused() {
        return refused;
    }

    void close() {
        world.close();
    }

    private void sampleLater() {
        scheduler.after(every, lane, this::sample);
    }

    /** In the twin, so that a moment is the same in each. */
    private void sample() {
        if (course.ended()) {
            return;
        }
        if (!course.passed().isZero()) {
            count();
            seconds.add(course.passed().toMillis() / 1000.0);
            used.add((double) score.used(world.twin().platform().inventory().head()));
            refusals.add((double) refused);
        }
        sampleLater();
    }

    private void count() {
        List<LedgerRow<?, ?, ?>> rows = world.ledger().rowsAfter(rowsRead, ROWS_AT_ONCE);
        while (!rows.isEmpty()) {
            rows.forEach(this::count);
            rowsRead = rows.get(rows.size() - 1).id().number();
            rows = world.ledger().rowsAfter(rowsRead, ROWS_AT_ONCE);
        }
    }

    private void count(LedgerRow<?, ?, ?> row) {
        if (row.point() != point) {
            return;
        }
        @SuppressWarnings("unchecked") // a row has the types of its point
        LedgerRow<Q, A, ?> typed = (LedgerRow<Q, A, ?>) row;
        asked++;
        Answer<A> answer = typed.answer();
        if (answer != null && score.refuses(answer.choice())) {
            refused++;
        } else if (answer != null && score.moves(typed.question(), answer.choice())) {
            moves++;
        }
        String because = row.fallbackBecause();
        if (because != null) {
            byFallback++;
            countInstead(because);
        }
    }

    private void countInstead(String because) {
        String broke = strategy.shortName() + " broke ";
        if (because.startsWith(broke)) {
            vetoes++;
            int colon = because.indexOf(':', broke.length());
            brokenRules.merge(
                    colon < 0 ? because : because.substring(broke.length(), colon), 1, (before, one) -> before + one);
        }
        if (instead.size() < REASONS) {
            instead.add(because);
        }
    }

    /** What was measured. */
    Measured measured() {
        Tried tried = world.tried();
        @Nullable Double peak = used.stream().max(Double::compare).orElse(null);
        Figures figures = new Figures(
                strategy.shortName(),
                asked,
                refused,
                rounded(used.stream().mapToDouble(value -> value).average().orElse(0)),
                peak == null ? 0 : Math.round(peak),
                moves,
                vetoes,
                byFallback,
                tried.latency().quantile(0.5),
                tried.latency().quantile(0.99),
                tried.comparisons() == 0 ? 1 : rounded((double) tried.agreed() / tried.comparisons()));
        return new Measured(figures, seconds, used, refusals, brokenRules, List.copyOf(instead), tried.latency());
    }

    private static double rounded(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}

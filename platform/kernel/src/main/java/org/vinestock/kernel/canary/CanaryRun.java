package org.vinestock.kernel.canary;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.StrategyRef;
import org.vinestock.view.InWords;

/**
 * A canary that lasts: who, under what terms, and what is counted on both sides, since it began or since this process did.
 * Any thread.
 */
public final class CanaryRun {
    private final StrategyRef strategy;
    private final Side canary;
    private final Side others;
    private final Duration before;
    private final Duration left;
    private final long nanos;
    private volatile Terms terms;
    private volatile Instant countedSince;

    /**
     * Begins to count.
     *
     * @param now when: later than it began if the process was restarted meanwhile
     * @param nanos the same by the scheduler's nanoseconds, by which it lasts
     * @param canary the canary's questions
     * @param others the others
     */
    public CanaryRun(StrategyRef strategy, Terms terms, Instant now, long nanos, Side canary, Side others) {
        this.strategy = strategy;
        this.terms = terms;
        this.nanos = nanos;
        this.canary = canary;
        this.others = others;
        countedSince = now;
        before = Duration.between(terms.since(), now);
        left = Duration.between(now, terms.until());
    }

    /** Who. */
    public StrategyRef strategy() {
        return strategy;
    }

    /** Under what. */
    public Terms terms() {
        return terms;
    }

    /** The canary's questions. */
    public Side canary() {
        return canary;
    }

    /** The others. */
    public Side others() {
        return others;
    }

    /** The clock was stepped some time ago: its times are told anew by what it shows now. */
    public void clockStepped(Instant now, long nanosNow) {
        Duration passed = Duration.ofNanos(nanosNow - nanos);
        countedSince = now.minus(passed);
        terms = terms.within(countedSince.minus(before), countedSince.plus(left));
    }

    /** What is wrong by now, with the numbers; null = nothing. */
    public @Nullable String broken() {
        return terms.broken(canary, others);
    }

    /** Whether it was asked often enough to be judged. */
    public boolean judgeable() {
        return canary.asked() >= terms.sample();
    }

    /** In words: who and what then, and how long it still lasts. */
    public String text(Instant now) {
        Duration left = Duration.between(now, terms.until());
        return terms.text() + ", " + InWords.duration(left.isNegative() ? Duration.ZERO : left) + " left";
    }

    /** What was counted, in words: {@code 130 of 1300 questions: fallbacks 0, ... (ACTIVE: ...)}. */
    public String report() {
        long all = canary.asked() + others.asked();
        String restarted =
                countedSince.isAfter(terms.since()) ? " since the restart at " + InWords.of(countedSince) : "";
        return canary.asked() + " of " + all + " questions" + restarted + ": " + figures(canary)
                + (canary.excusedCount() == 0 ? "" : ", " + canary.excusedCount() + " starved")
                + "; the others: " + figures(others);
    }

    private static String figures(Side side) {
        return String.format(
                Locale.ROOT,
                "fallbacks %.1f %%, violations %d, refusals %.1f %%, bad outcomes %d, p99 %s",
                side.percent(Figure.FALLBACKS),
                side.count(Figure.VIOLATIONS),
                side.percent(Figure.REFUSALS),
                side.count(Figure.BAD_OUTCOMES),
                InWords.of(side.p99()));
    }

    /** What would end it early, as people type it. */
    public List<String> abortIf() {
        return terms.abortIf().stream().map(Condition::toString).toList();
    }
}

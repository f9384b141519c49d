package org.vinestock.kernel.canary;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.StrategyRef;
import org.vinestock.view.InWords;

/**
 * A trial that lasts: its terms and what is counted on both sides, since it began or since this process did.
 *
 * @param countedSince when counting began: later than the trial if the process was restarted meanwhile
 * @param canary the canary's questions
 * @param others the others
 */
public record Trial(StrategyRef strategy, Terms terms, Instant countedSince, Side canary, Side others) {
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

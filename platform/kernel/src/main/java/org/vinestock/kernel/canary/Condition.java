package org.vinestock.kernel.canary;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.vinestock.view.InWords;

/**
 * What ends a trial early: a figure above a limit, such as {@code violations>0}, {@code fallbacks>2%}, {@code p99>2ms}, or
 * above that of the questions which the canary does not decide, {@code refusals>active+1%}: so many percentage points more;
 * {@code p99>active+50%}: so many percent longer. A shell that gives {@code >} and {@code %} a meaning of its own takes {@code
 * fallbacks:2pct} without quotes.
 *
 * <p>A count is judged at once; shares and times only after a minimum of questions, on both sides if they are compared.
 */
public final class Condition {
    private static final Pattern TEXT =
            Pattern.compile("([a-z0-9-]+) *[>:] *(active *\\+ *)?(\\d{1,9}(?:\\.\\d{1,6})?) *(%|pct|us|ms|s)?");
    private static final long NANOS_A_MICRO = 1_000;
    private static final long NANOS_A_MILLI = 1_000_000;
    private static final long NANOS_A_SECOND = 1_000_000_000;

    private final String text;
    private final Figure figure;
    private final boolean overActive;
    private final double limit;
    private final String unit;

    private Condition(String text, Figure figure, boolean overActive, double limit, String unit) {
        this.text = text;
        this.figure = figure;
        this.overActive = overActive;
        this.limit = limit;
        this.unit = unit;
    }

    /**
     * Reads what people type.
     *
     * @throws IllegalArgumentException saying what is accepted
     */
    public static Condition parse(String typed) {
        Matcher matcher = TEXT.matcher(typed.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw unreadable(typed);
        }
        Figure figure = Figure.of(matcher.group(1)).orElseThrow(() -> unreadable(typed));
        boolean overActive = matcher.group(2) != null;
        String unit = matcher.group(4) == null ? "" : matcher.group(4).replace("pct", "%");
        boolean percent = unit.equals("%");
        boolean counts = unit.isEmpty();
        boolean fits = figure == Figure.P99 ? percent == overActive && !counts : percent || (counts && !overActive);
        if (!fits) {
            throw unreadable(typed);
        }
        String text = figure.text() + ">" + (overActive ? "active+" : "") + matcher.group(3) + unit;
        return new Condition(text, figure, overActive, Double.parseDouble(matcher.group(3)), unit);
    }

    private static IllegalArgumentException unreadable(String typed) {
        return new IllegalArgumentException(
                "\"" + typed + "\"; accepted: one of "
                        + String.join(", ", Figure.names())
                        + " above a count, a share or a time, such as violations>0, fallbacks>2%, p99>2ms, or above the other"
                        + " strategy's, such as refusals>active+1%, p99>active+50%; in the shell 'fallbacks>2%' in quotes, or fallbacks:2pct");
    }

    /**
     * Judges.
     *
     * @param canary the canary's questions
     * @param others the others
     * @param sample how many questions shares and times are judged from
     * @return what is wrong, with the numbers; null = nothing
     */
    public @Nullable String broken(Side canary, Side others, int sample) {
        if (unit.isEmpty()) {
            long count = canary.count(figure);
            return count > limit ? figure.text() + " " + count + " > " + plain() + of(canary) : null;
        }
        if (canary.asked() < sample || (overActive && others.asked() < sample)) {
            return null;
        }
        return figure == Figure.P99 ? tooLong(canary, others) : tooMany(canary, others);
    }

    private @Nullable String tooMany(Side canary, Side others) {
        double base = overActive ? others.percent(figure) : 0;
        double now = canary.percent(figure);
        if (now <= base + limit) {
            return null;
        }
        String against = overActive ? "ACTIVE's " + shown(base) + " % + " + plain() + " %" : plain() + " %";
        return figure.text() + " " + shown(now) + " % > " + against + " (" + canary.count(figure) + " of "
                + canary.asked() + " questions)";
    }

    private @Nullable String tooLong(Side canary, Side others) {
        Duration now = canary.p99();
        Duration base = others.p99();
        double most = overActive ? base.toNanos() * (1 + limit / 100) : limit * nanos();
        if (now.toNanos() <= most) {
            return null;
        }
        String against = overActive ? "ACTIVE's " + InWords.of(base) + " + " + plain() + " %" : plain() + " " + unit;
        return "p99 " + above(now, against) + " > " + against + of(canary);
    }

    /** In words; with more digits if it would read as if it were not above. */
    private String above(Duration now, String limit) {
        String words = InWords.of(now);
        return words.equals(limit)
                ? String.format(Locale.ROOT, "%.3f %s", (double) now.toNanos() / nanos(), unit)
                : words;
    }

    private long nanos() {
        return switch (unit) {
            case "us" -> NANOS_A_MICRO;
            case "ms" -> NANOS_A_MILLI;
            default -> NANOS_A_SECOND;
        };
    }

    private static String of(Side canary) {
        return " (" + canary.asked() + " questions)";
    }

    private String plain() {
        return BigDecimal.valueOf(limit).stripTrailingZeros().toPlainString();
    }

    private static String shown(double percent) {
        return String.format(Locale.ROOT, "%.1f", percent);
    }

    /** As people type it. */
    @Override
    public String toString() {
        return text;
    }
}

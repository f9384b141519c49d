package org.vinestock.kernel.json;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people type them: {@code 30s}, {@code 1h30m}, {@code 250ms}; ISO-8601 is read too. */
final class Durations {
    static final String ACCEPTED = "a duration, such as 30s, 5m, 1h30m, 250ms or PT30S";

    private static final Pattern PART = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)\\s*(d|h|m|s|ms|us|ns)(?![a-z])");
    private static final Pattern WHOLE =
            Pattern.compile("-?(?:" + PART.pattern().replace("(?![a-z])", "") + "\\s*)+");
    private static final List<String> UNITS = List.of("d", "h", "m", "s", "ms", "us", "ns");
    private static final List<Long> NANOS =
            List.of(86_400_000_000_000L, 3_600_000_000_000L, 60_000_000_000L, 1_000_000_000L, 1_000_000L, 1_000L, 1L);

    private Durations() {}

    static Duration parse(String text) {
        String typed = text.strip();
        try {
            if (typed.regionMatches(true, typed.startsWith("-") ? 1 : 0, "P", 0, 1)) {
                return Duration.parse(typed);
            }
            String lower = typed.toLowerCase(Locale.ROOT);
            if (lower.length() <= 64 && WHOLE.matcher(lower).matches()) {
                return sum(lower);
            }
        } catch (ArithmeticException | DateTimeParseException e) {
            // said below, with what is accepted
        }
        throw new IllegalArgumentException(JsonInput.shown(text) + " is not a duration; accepted: 30s, 5m, 1h30m, 250ms"
                + " (units d h m s ms us ns) or PT30S");
    }

    private static Duration sum(String lower) {
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher parts = PART.matcher(lower.replace(" ", "").replaceAll("(?<=[a-z])(?=\\d)", " "));
        while (parts.find()) {
            BigDecimal unit = BigDecimal.valueOf(NANOS.get(UNITS.indexOf(parts.group(2))));
            nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(unit));
        }
        BigDecimal[] split =
                nanos.setScale(0, RoundingMode.DOWN).divideAndRemainder(BigDecimal.valueOf(1_000_000_000L));
        Duration sum = Duration.ofSeconds(split[0].longValueExact(), split[1].longValueExact());
        return lower.startsWith("-") ? sum.negated() : sum;
    }

    static String text(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        Duration rest = duration;
        if (duration.isNegative()) {
            if (duration.toSeconds() == Long.MIN_VALUE) {
                return duration.toString();
            }
            text.append('-');
            rest = duration.negated();
        }
        long days = rest.toDays();
        append(text, days, "d");
        long nanos = rest.minusDays(days).toNanos();
        for (int i = 1; i < UNITS.size(); i++) {
            append(text, nanos / NANOS.get(i), UNITS.get(i));
            nanos %= NANOS.get(i);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long count, String unit) {
        if (count > 0) {
            text.append(count).append(unit);
        }
    }
}

package org.vinestock.kernel.canary;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;
import org.vinestock.model.Labels;
import org.vinestock.model.ObjectId;
import org.vinestock.view.InWords;

/**
 * Which subjects a canary decides about: of those that have all of the labels, a share. A subject is always on the same
 * side, here and in any other process; a larger share has those of a smaller one among its own.
 *
 * @param hundredths of a percent, 1 to 10,000
 * @param labels empty = whatever their labels
 */
public record Share(int hundredths, Labels labels) {
    /** All subjects, in hundredths of a percent. */
    public static final int ALL = 10_000;

    private static final Pattern UNIT = Pattern.compile(" *(%|pct)$", Pattern.CASE_INSENSITIVE);

    /** Checks the range. */
    public Share {
        if (hundredths < 1 || hundredths > ALL) {
            throw new IllegalArgumentException("share " + hundredths + "; accepted: 1 to " + ALL);
        }
    }

    /**
     * Reads what people type: {@code 10}, {@code 10%}, {@code 0.5 %}, or {@code 10pct}, which no shell takes for anything else.
     *
     * @throws IllegalArgumentException saying what is accepted
     */
    public static int parse(String text) {
        String number = UNIT.matcher(text.strip()).replaceFirst("");
        try {
            int hundredths = new BigDecimal(number).movePointRight(2).intValueExact();
            if (hundredths >= 1 && hundredths <= ALL) {
                return hundredths;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // said below, with what is accepted
        }
        throw new IllegalArgumentException(
                "\"" + text + "\"; accepted: 0.01% to 100%; in the shell 10, 10pct, or '10%' in quotes");
    }

    /** Whether it depends on a subject's labels. */
    public boolean selects() {
        return !labels.values().isEmpty();
    }

    /** Whether the canary decides about a subject. */
    public boolean takes(ObjectId subject, Labels its) {
        if (selects()) {
            for (Map.Entry<String, String> wanted : labels.values().entrySet()) {
                if (!its.has(wanted.getKey(), wanted.getValue())) {
                    return false;
                }
            }
        }
        return hundredths == ALL || place(subject.value()) < hundredths;
    }

    /** A number below {@value #ALL} that depends on a subject's name alone (FNV-1a, finished as SplitMix64). */
    private static int place(String name) {
        long z = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            z = (z ^ name.charAt(i)) * 0x100000001b3L;
        }
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return (int) Long.remainderUnsigned(z ^ (z >>> 31), ALL);
    }

    /** In words, such as {@code 10 % of those with team=web}. */
    public String text() {
        String share = hundredths == ALL ? "all" : percent() + " %";
        return selects() ? share + " of those with " + InWords.of(labels) : share;
    }

    private String percent() {
        return BigDecimal.valueOf(hundredths, 2).stripTrailingZeros().toPlainString();
    }
}

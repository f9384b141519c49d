package org.vinestock.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * An amount of bytes.
 *
 * @param bytes not negative
 */
public record ByteCount(long bytes) implements Comparable<ByteCount> {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    /** Checks the range. */
    public ByteCount {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size of " + bytes + " bytes; accepted: 0 or more");
        }
    }

    /** Returns {@code gibibytes} times 2^30 bytes. */
    public static ByteCount ofGib(long gibibytes) {
        return new ByteCount(Math.multiplyExact(gibibytes, 1L << 30));
    }

    /**
     * Reads {@code 4GiB}, {@code 512M}, {@code 1.5 GiB}, {@code 4096}: a number and a unit of powers of 1024, bytes
     * without one; {@code K M G T P}, with or without {@code i} and {@code B}, in any case.
     *
     * @throws IllegalArgumentException saying what is accepted
     */
    public static ByteCount parse(String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        int end = 0;
        while (end < upper.length() && (Character.isDigit(upper.charAt(end)) || upper.charAt(end) == '.')) {
            end++;
        }
        String unit = upper.substring(end).strip();
        int power = unit.isEmpty() || unit.equals("B") ? 0 : "KMGTP".indexOf(unit.charAt(0)) + 1;
        boolean known = power == 0
                ? unit.isEmpty() || unit.equals("B")
                : unit.length() == 1
                        || unit.substring(1).equals("B")
                        || unit.substring(1).equals("IB");
        try {
            BigDecimal bytes = new BigDecimal(upper.substring(0, end)).multiply(BigDecimal.valueOf(1L << (10 * power)));
            if (known) {
                return new ByteCount(bytes.setScale(0, RoundingMode.DOWN).longValueExact());
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // said below, with what is accepted
        }
        throw new IllegalArgumentException(
                "\"" + text + "\" is not a size; accepted: a number with KiB, MiB, GiB, TiB or nothing, such as 4GiB");
    }

    /** The largest unit that shows it exactly or with one decimal, such as {@code 4GiB} or {@code 1.8GiB}. */
    @Override
    public String toString() {
        int unit = 0;
        double shown = bytes;
        while (shown >= 1024 && unit < UNITS.length - 1) {
            shown /= 1024;
            unit++;
        }
        return shown == Math.rint(shown)
                ? (long) shown + UNITS[unit]
                : String.format(Locale.ROOT, "%.1f%s", shown, UNITS[unit]);
    }

    @Override
    public int compareTo(ByteCount other) {
        return Long.compare(bytes, other.bytes);
    }
}

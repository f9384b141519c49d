package org.vinestock.placement.rule;

/**
 * Many rows of hosts at once, as bits: bit {@code n} of element {@code c} belongs to row {@code c * 64 + n}. An array that ends
 * early has none of the rows beyond. The loops are so plain that the compiler makes them work on several elements at a time.
 */
public final class RowBits {
    private RowBits() {}

    /** Keeps of some rows those that are in another set, too. */
    public static void keep(long[] rows, long[] others) {
        int both = Math.min(rows.length, others.length);
        for (int i = 0; i < both; i++) {
            rows[i] &= others[i];
        }
        for (int i = both; i < rows.length; i++) {
            rows[i] = 0;
        }
    }

    /** Takes out of some rows those that are in another set. */
    public static void drop(long[] rows, long[] others) {
        int both = Math.min(rows.length, others.length);
        for (int i = 0; i < both; i++) {
            rows[i] &= ~others[i];
        }
    }

    /** How many there are. */
    public static int count(long[] rows) {
        int count = 0;
        for (long some : rows) {
            count += Long.bitCount(some);
        }
        return count;
    }
}

package org.vinestock.kernel.plugin;

import java.time.Duration;
import java.util.List;

/**
 * How a strategy did in its point's contract.
 *
 * @param failures the promises that it broke, and how
 */
public record ContractReport(int passed, int checks, Duration took, List<String> failures) {
    /** Copies the list. */
    public ContractReport {
        failures = List.copyOf(failures);
    }

    /** Whether every promise was kept. */
    public boolean good() {
        return passed == checks && failures.isEmpty();
    }

    /** Such as {@code 41/41 in 1.2 s}. */
    public String result() {
        return passed + "/" + checks + " in " + Math.round(took.toMillis() / 100.0) / 10.0 + " s";
    }

    /** Such as {@code contract 41/41 in 1.2 s}. */
    @Override
    public String toString() {
        return "contract " + result();
    }
}

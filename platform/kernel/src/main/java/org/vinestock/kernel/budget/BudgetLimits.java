package org.vinestock.kernel.budget;

import java.time.Duration;
import org.vinestock.operation.Expense.Acting;

/**
 * What the budgets of each cluster allow.
 *
 * @param hostsOffPercent how many of a cluster's hosts may be off or down, those that would be powered off included
 */
public record BudgetLimits(Limit restarts, Limit moves, Limit hostsOff, int hostsOffPercent) {
    /**
     * What one kind of acting may take in a cluster; 0 = no limit.
     *
     * @param inFlight how many at once
     * @param perHour how many in any hour
     * @param coolDown how long after it the same may not be done to the same object
     */
    public record Limit(int inFlight, int perHour, Duration coolDown) {
        /** Nothing is bounded. */
        public static final Limit NONE = new Limit(0, 0, Duration.ZERO);
    }

    /** What holds unless configured: enough for the loss of a zone, too little for a storm. */
    public static final BudgetLimits DEFAULTS = new BudgetLimits(
            new Limit(100, 10_000, Duration.ofSeconds(5)),
            new Limit(10, 500, Duration.ofMinutes(5)),
            new Limit(2, 20, Duration.ZERO),
            20);

    /** Bounds nothing. */
    public static final BudgetLimits NONE = new BudgetLimits(Limit.NONE, Limit.NONE, Limit.NONE, 100);

    Limit of(Acting acting) {
        return switch (acting) {
            case RESTART -> restarts;
            case MOVE -> moves;
            case HOST_OFF -> hostsOff;
        };
    }
}

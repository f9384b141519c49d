package org.vinestock.kernel.budget;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.operation.Expense;

/**
 * What is asked of a budget. Changed under the budgets' monitor; any thread may read.
 *
 * <pre>
 * AWAY -> [IN_LINE ->] CALLED -> SPENT
 *  ^         |            |        |
 *  +---------+------------+--------+   it ended, or whoever holds it waits for something else
 * CALLED -> IN_LINE: there is no room any more where the answer would act
 * </pre>
 */
public final class Ticket {
    /** Where it is. */
    enum Place {
        /** It wants nothing. */
        AWAY,
        /** It waits until there is room. */
        IN_LINE,
        /** There is room for it, which nobody else gets. */
        CALLED,
        /** It counts. */
        SPENT
    }

    private final Expense expense;
    private final boolean bound;
    private final Runnable told;
    private volatile Account account;
    private volatile Place place = Place.AWAY;
    /** Why it waits; null = for what all in its line wait for. */
    private volatile @Nullable String because;

    private @Nullable Long spentAt;

    Ticket(Expense expense, Account account, boolean bound, Runnable told) {
        this.expense = expense;
        this.account = account;
        this.bound = bound;
        this.told = told;
    }

    /** Whether whoever holds it need not wait. */
    public boolean granted() {
        return place == Place.CALLED || place == Place.SPENT;
    }

    /** Whether it waits. */
    public boolean waits() {
        return place == Place.IN_LINE;
    }

    /** Why it waits: {@code restart of vm-7: 20 of 20 restarts an hour in cluster c1 are used; next at 14:32}. */
    public String text() {
        String own = because;
        return account.word() + " of " + expense.subject().value() + ": " + (own == null ? account.because() : own);
    }

    String subject() {
        return expense.subject().kind() + '/' + expense.subject().value();
    }

    Account account() {
        return account;
    }

    /** Goes to the account of where it is spent; of nowhere in particular it stays. */
    void goTo(List<String> clusters, Budgets budgets) {
        if (!clusters.isEmpty()) {
            account = budgets.account(expense.acting(), clusters);
        }
    }

    /** Whether it waits if there is no room; else it is counted only. */
    boolean bound() {
        return bound;
    }

    Runnable told() {
        return told;
    }

    Place place() {
        return place;
    }

    void place(Place now) {
        place = now;
    }

    void because(@Nullable String words) {
        because = words;
    }

    /** When it was spent, by the scheduler's nanoseconds; null if it was not, or by an earlier process. */
    @Nullable
    Long spentAt() {
        return spentAt;
    }

    void spentAt(@Nullable Long nanos) {
        spentAt = nanos;
    }
}

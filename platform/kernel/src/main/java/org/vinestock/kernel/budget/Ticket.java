package org.vinestock.kernel.budget;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.vinestock.operation.Expense;

/** What was asked of a budget: granted, or waiting in line. Changed under the budgets' monitor; any thread may read. */
public final class Ticket {
    private final Expense expense;
    private final Account account;
    private final Runnable told;
    private volatile boolean granted;
    /** Why it waits; null = for what all in its line wait for. */
    private volatile @Nullable String because;

    private volatile @Nullable Instant at;

    Ticket(Expense expense, Account account, Runnable told) {
        this.expense = expense;
        this.account = account;
        this.told = told;
    }

    /** Whether it may be spent. */
    public boolean granted() {
        return granted;
    }

    /** Why it waits: {@code restart of vm-7: 20 of 20 restarts an hour in cluster c1 are used; next at 14:32}. */
    public String text() {
        String own = because;
        return account.word() + " of " + expense.subject().value() + ": " + (own == null ? account.because() : own);
    }

    Expense expense() {
        return expense;
    }

    Account account() {
        return account;
    }

    Runnable told() {
        return told;
    }

    void because(@Nullable String words) {
        because = words;
    }

    void grant(@Nullable Instant now) {
        at = now;
        granted = true;
    }

    /** When it was granted; null if an earlier process did that. */
    @Nullable
    Instant at() {
        return at;
    }
}

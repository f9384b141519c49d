package org.vinestock.kernel.act;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.kernel.budget.Budgets;
import org.vinestock.kernel.budget.Ticket;
import org.vinestock.kernel.permit.Mode;
import org.vinestock.kernel.permit.Modes;
import org.vinestock.operation.Expense;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Step;
import org.vinestock.task.Request;

/**
 * What a task needs before its first step: a person's approval if the machine may only advise, and its part of a budget.
 * Owned by the task's lane, save {@link #approve}.
 */
final class Permit {
    private final Budgets budgets;
    private final @Nullable Expense expense;
    private final List<String> clusters;
    private final Modes modes;
    private final @Nullable String function;
    private volatile boolean approved;
    private volatile @Nullable Ticket ticket;

    /** {@code expense}: empty = no budget counts it. */
    Permit(Restraints restraints, Optional<Expense> expense, List<String> clusters, Request request) {
        budgets = restraints.budgets();
        this.expense = expense.orElse(null);
        this.clusters = clusters;
        modes = restraints.modes();
        function = request.function();
    }

    private Mode mode() {
        return function == null || approved ? Mode.ACT : modes.of(function, clusters);
    }

    /** Whether the machine asked for it: a controller, which looks again when it ends. */
    boolean byMachine() {
        return function != null;
    }

    /** Whether nothing is to be done but recorded. */
    boolean observesOnly() {
        return mode() == Mode.OBSERVE;
    }

    /** Whether it waits for a person. */
    boolean proposed() {
        return mode() == Mode.ADVISE;
    }

    void approve() {
        approved = true;
    }

    /** Why its first step may not begin yet; null if it may. {@code called} is run when a budget that was used up has room. */
    @Nullable
    String missing(Plan plan, Runnable called) {
        return proposed() ? "waits for task:approve or task:reject; would " + titles(plan) : room(called);
    }

    /** Why there is no room for it in its budget; null if there is, and is kept for it. {@code called} is run when there is. */
    @Nullable
    String room(Runnable called) {
        if (expense == null) {
            return null;
        }
        Ticket asked = ticket;
        if (asked == null) {
            asked = budgets.ask(expense, clusters, function != null, called);
            ticket = asked;
        } else {
            budgets.ask(asked);
        }
        return asked.granted() ? null : asked.text();
    }

    /** Spends its part; see {@link org.vinestock.kernel.turn.Spending#take}. Also in the turn of a decision. */
    @Nullable
    String spend(List<String> where) {
        Ticket asked = ticket;
        return asked == null ? null : budgets.spend(asked, where);
    }

    /** It waits for something else: others may have the room that was kept for it. */
    void letGo() {
        Ticket asked = ticket;
        if (asked != null) {
            budgets.letGo(asked);
        }
    }

    /** For which budget it waits, as of now; null if for none. Any thread. */
    @Nullable
    String waitsFor() {
        Ticket asked = ticket;
        return asked == null || !asked.waits() ? null : asked.text();
    }

    static String titles(Plan plan) {
        return String.join("; ", plan.steps().stream().map(Step::title).toList());
    }

    /** Goes on with what an earlier process was permitted. */
    void goOn() {
        approved = true;
        if (expense != null && ticket == null) {
            ticket = budgets.goOn(expense, clusters);
        }
    }

    /** An earlier process had not come to spend anything. */
    void nothingSpent() {
        Ticket asked = ticket;
        ticket = null;
        if (asked != null) {
            budgets.end(asked, false);
        }
    }

    /** The task has ended; {@code done}: so that what it took counts. */
    void end(boolean done) {
        Ticket asked = ticket;
        if (asked != null) {
            budgets.end(asked, done);
        }
    }
}

package org.vinestock.kernel.act;

import org.vinestock.kernel.budget.Budgets;
import org.vinestock.kernel.permit.Modes;
import org.vinestock.time.Scheduler;

/** What keeps tasks from acting: freezes, budgets, and how far the machine may go by itself. */
public record Restraints(FreezeCheck freeze, Budgets budgets, Modes modes) {
    /** Only freezes. */
    public static Restraints of(FreezeCheck freeze, Scheduler scheduler) {
        return new Restraints(freeze, Budgets.unlimited(scheduler), new Modes(null));
    }
}

package org.vinestock.simulation.invariant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.budget.BudgetLimits;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.VmId;
import org.vinestock.testkit.simulation.Simulation;

/**
 * What the machine restarts by itself keeps within what people allow, counted by what is reserved and written down: a
 * recovery begins when it gives its VM another place, a start when its first step is written down as under way. Whoever died
 * in between has begun only if that is on the disk. What failed does not count for the hour. What people restart counts, too,
 * and is never too much: a start by them is a restart if the VM should run already.
 */
final class Restarts {
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final String RECOVER = "vm.recover";
    private static final String START = "vm.start";

    private final Map<String, Act> going = new TreeMap<>();
    private final List<Act> lastHour = new ArrayList<>();
    /** When the last one of each VM ended, as far as limits and process are the same since. */
    private final Map<String, Long> cooling = new TreeMap<>();

    private final ModesInForce modes = new ModesInForce();
    private BudgetLimits.Limit limit = BudgetLimits.Limit.NONE;
    private @Nullable Simulation site;
    private long now;
    private @Nullable String wrong;

    /** A task that restarts a VM. */
    private static final class Act {
        private final String task;
        private final String operation;
        private final String vm;
        private final boolean machine;
        private final boolean unasked;
        private boolean begun;
        /** An earlier process may have begun it, and nobody was told. */
        private boolean perhapsBegun;

        private long begunAt;
        private long revision;
        private @Nullable CompletionStage<?> durable;

        Act(String task, String operation, String vm, boolean machine, boolean unasked) {
            this.task = task;
            this.operation = operation;
            this.vm = vm;
            this.machine = machine;
            this.unasked = unasked;
        }
    }

    ModesInForce modes() {
        return modes;
    }

    void bounded(BudgetLimits.Limit now) {
        limit = now;
        cooling.clear();
    }

    void of(Simulation simulation) {
        site = simulation;
    }

    void accepted(String task, String operation, String vm, boolean machine) {
        if (machine || operation.equals(RECOVER) || (operation.equals(START) && shouldRun(vm))) {
            going.put(task, new Act(task, operation, vm, machine, machine && modes.restrained()));
        }
    }

    private boolean shouldRun(String vm) {
        return site != null
                && site.head()
                        .rows(SiteKinds.VM)
                        .find(new VmId(vm))
                        .filter(row -> row.power() == PowerState.RUNNING)
                        .isPresent();
    }

    /** The first step is about to be carried out. */
    void applying(String task, CompletionStage<?> durable) {
        Act act = going.get(task);
        if (act != null && act.operation.equals(START)) {
            act.durable = durable;
            begin(act);
        } else if (act != null && !act.operation.equals(RECOVER)) {
            checkMode(act); // stops what should not run
        }
    }

    void ended(String task, boolean done) {
        Act act = going.remove(task);
        if (act == null || !act.begun) {
            return;
        }
        if (done) {
            cooling.put(act.vm, now);
        } else {
            lastHour.remove(act);
        }
    }

    /** A change set that was checked against a whole state is a revision now. */
    void reserved(long revision, ChangeSet changes, Snapshot before, long at) {
        now = at;
        for (Change change : changes.changes()) {
            if (change instanceof Change.Put<?> put && put.value() instanceof Vm vm) {
                @Nullable
                HostId was =
                        before.rows(SiteKinds.VM).find(vm.id()).map(Vm::host).orElse(null);
                if (vm.host() != null && !vm.host().equals(was)) {
                    recovers(vm.id().value(), revision);
                }
            }
        }
    }

    private void recovers(String vm, long revision) {
        for (Act act : going.values()) {
            if (act.vm.equals(vm) && act.operation.equals(RECOVER) && !act.begun) {
                act.revision = revision;
                begin(act);
            }
        }
    }

    private void begin(Act act) {
        if (act.begun) {
            return;
        }
        act.begun = true;
        act.begunAt = now;
        lastHour.removeIf(each -> now - each.begunAt >= HOUR);
        lastHour.add(act);
        if (!act.machine || act.perhapsBegun) {
            return;
        }
        long atOnce = going.values().stream().filter(each -> each.begun).count();
        if (limit.inFlight() > 0 && atOnce > limit.inFlight()) {
            wrong = "budgets: " + act.task + " is the restart no. " + atOnce + " at once; allowed are " + limit;
        } else if (limit.perHour() > 0 && lastHour.size() > limit.perHour()) {
            wrong = "budgets: " + act.task + " is the restart no. " + lastHour.size() + " in an hour; allowed are "
                    + limit;
        }
        Long before = cooling.get(act.vm);
        if (before != null && now - before < limit.coolDown().toNanos()) {
            wrong = "budgets: " + act.vm + " is restarted again after " + Duration.ofNanos(now - before)
                    + "; allowed are " + limit;
        }
        checkMode(act);
    }

    private void checkMode(Act act) {
        if (act.unasked && modes.forbids(act.task)) {
            wrong = "modes: the machine begins " + act.task + " (" + act.operation + " of " + act.vm
                    + ") by itself, which nobody approved";
        }
    }

    void check(Simulation simulation) {
        now = simulation.scheduler().nanoTime();
        modes.look(simulation.tasks());
        if (wrong != null) {
            throw new AssertionError(wrong);
        }
    }

    /** {@code knowsClock}: whether the process had time to see that somebody set the clock. */
    void death(boolean knowsClock) {
        modes.death();
        cooling.clear();
        if (!knowsClock) {
            lastHour.clear();
        }
        for (Act act : going.values()) {
            CompletionStage<?> durable = act.durable;
            if (durable != null && !durable.toCompletableFuture().isDone()) {
                act.perhapsBegun = true;
                act.begun = false;
                lastHour.remove(act);
            }
        }
    }

    void begin(Simulation simulation) {
        long revision = simulation.head().ref().revision();
        for (Act act : going.values()) {
            if (act.begun && act.revision > revision) {
                act.begun = false;
                lastHour.remove(act);
            }
        }
        going.values()
                .removeIf(act -> simulation
                        .tasks()
                        .find(new org.vinestock.task.TaskId(act.task))
                        .filter(status -> !status.state().ended())
                        .isEmpty());
    }
}

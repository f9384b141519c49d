package org.vinestock.simulation.invariant;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskStatus;
import org.vinestock.testkit.simulation.Simulation;

/** What was acknowledged is there after a death: changes and tasks; and in the end every task has ended. */
final class Acknowledged {
    private final TreeSet<String> tasks = new TreeSet<>();
    private @Nullable Snapshot atDeath;

    /** A task was accepted: it is durable. */
    void accepted(TaskId task) {
        tasks.add(task.value());
    }

    /** The control plane dies. */
    void death(Simulation simulation) {
        atDeath = simulation.inventory().committed();
    }

    /** The next one begins. */
    void begin(Simulation simulation) {
        Snapshot kept = atDeath;
        Snapshot now = simulation.head();
        if (kept == null) {
            return;
        }
        long revision = kept.ref().revision();
        if (now.ref().revision() < revision) {
            throw Broken.because(
                    "acknowledged", "revision " + revision + " was durable; after a restart there is " + now.ref());
        }
        TreeSet<String> later = new TreeSet<>();
        for (Change change : now.changesSince(revision).orElse(List.of())) {
            later.add(change.id().value());
        }
        Map<String, Vm> before = vms(kept);
        Map<String, Vm> after = vms(now);
        before.keySet().removeAll(later);
        after.keySet().removeAll(later);
        if (!before.equals(after)) {
            throw Broken.because("acknowledged", before + " were durable; after a restart there are " + after);
        }
        for (String task : tasks) {
            if (simulation.tasks().find(new TaskId(task)).isEmpty()) {
                throw Broken.because("acknowledged", "task " + task + " was accepted; after a restart nobody knows it");
            }
        }
    }

    private static Map<String, Vm> vms(Snapshot snapshot) {
        Map<String, Vm> vms = new TreeMap<>();
        for (Vm vm : snapshot.rows(SiteKinds.VM)) {
            vms.put(vm.id().value(), vm);
        }
        return vms;
    }

    /** Nothing is under way any more: all tasks have ended, and nobody holds anything. */
    void settled(Simulation simulation) {
        for (String task : tasks) {
            TaskStatus status = simulation.tasks().find(new TaskId(task)).orElseThrow();
            if (!status.state().ended()) {
                throw Broken.because("tasks", "has not ended: " + status);
            }
        }
        if (simulation.tasks().count() > 0) {
            throw Broken.because(
                    "tasks",
                    "go on: " + simulation.tasks().newest(simulation.tasks().count()));
        }
        if (simulation.tasks().claimed() > 0) {
            throw Broken.because("claims", simulation.tasks().claimed() + " objects are still leased");
        }
    }
}

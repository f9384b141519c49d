package org.vinestock.simulation.invariant;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.vinestock.audit.AuditFault;
import org.vinestock.audit.AuditRow;
import org.vinestock.store.audit.Anchor;
import org.vinestock.store.audit.AuditCheck;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskStatus;
import org.vinestock.testkit.simulation.Simulation;

/** What people were told is accepted is in the audit, once, and so is how it ended; its chain is whole. */
final class Deeds {
    private final TreeSet<String> accepted = new TreeSet<>();
    private Anchor anchor = Anchor.NONE;

    void accepted(TaskId task) {
        accepted.add(task.value());
    }

    /** Looks after a restart. */
    void check(Simulation simulation) {
        List<AuditRow> rows = simulation.audit();
        AuditCheck chain = new AuditCheck(Anchor.NONE, List.of(anchor));
        rows.forEach(chain::row);
        List<AuditFault> faults = chain.end(0).faults();
        if (!faults.isEmpty()) {
            throw Broken.because("audit", faults.toString());
        }
        if (!rows.isEmpty()) {
            AuditRow last = rows.get(rows.size() - 1);
            anchor = new Anchor(last.number(), last.hash());
        }
        for (String task : accepted) {
            once(rows, task + " accepted");
        }
    }

    /** All has come to rest. */
    void settled(Simulation simulation) {
        check(simulation);
        List<AuditRow> rows = simulation.audit();
        for (String task : accepted) {
            Optional<TaskStatus> status = simulation.tasks().find(new TaskId(task));
            once(rows, task + " " + status.orElseThrow().state());
        }
    }

    private static void once(List<AuditRow> rows, String words) {
        long found = rows.stream()
                .filter(row -> row.details().startsWith(words) && row.who().equals("somebody"))
                .count();
        if (found != 1) {
            throw Broken.because("audit", "\"" + words + "\" is there " + found + " times");
        }
    }
}

package org.vinestock.simulation.invariant;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.kernel.act.TaskEngine;
import org.vinestock.kernel.permit.Mode;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;

/** How far the machine may go by itself, as far as that is certain: when a task that sets it is done and no other goes on. */
final class ModesInForce {
    private final TreeSet<String> approved = new TreeSet<>();
    private final List<TaskId> asked = new ArrayList<>();
    private @Nullable Mode wanted;
    private @Nullable Mode sure = Mode.ACT;
    private boolean several;

    void asked(Mode mode, TaskId task) {
        several = !asked.isEmpty();
        asked.add(task);
        wanted = mode;
        sure = null;
    }

    void approved(TaskId task) {
        approved.add(task.value());
    }

    void look(TaskEngine tasks) {
        if (asked.isEmpty()) {
            return;
        }
        boolean done = true;
        for (TaskId each : asked) {
            TaskStatus status = tasks.find(each).orElse(null);
            if (status != null && !status.state().ended()) {
                return;
            }
            done &= status != null && status.state() == TaskState.DONE;
        }
        sure = done && !several ? wanted : null;
        asked.clear();
    }

    /** What was on its way may have come to pass or not. */
    void death() {
        if (!asked.isEmpty()) {
            several = true;
        }
    }

    /** Whether it is certain that the machine may not act by itself. */
    boolean restrained() {
        return sure == Mode.ADVISE || sure == Mode.OBSERVE;
    }

    boolean forbids(String task) {
        return restrained() && !approved.contains(task);
    }
}

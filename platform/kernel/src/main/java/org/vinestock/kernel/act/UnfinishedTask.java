package org.vinestock.kernel.act;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.vinestock.kernel.act.TaskHistory.Phase;
import org.vinestock.model.ObjectId;
import org.vinestock.task.TaskId;

/**
 * A task of an earlier process that did not end.
 *
 * @param claims the objects that it holds
 * @param phases how far each step came
 * @param accepted its plan and parameters, once its area is installed; throws {@code IllegalArgumentException} if they
 *     cannot be read
 */
public record UnfinishedTask(
        TaskId id,
        String operation,
        String by,
        java.time.Instant startedAt,
        List<ObjectId> claims,
        List<Phase> phases,
        Supplier<Optional<TaskEvent.Accepted>> accepted) {
    /** Copies the lists. */
    public UnfinishedTask {
        claims = List.copyOf(claims);
        phases = List.copyOf(phases);
    }

    /** Whether it was being taken back. */
    boolean goingBack() {
        return phases.contains(Phase.UNDOING) || phases.contains(Phase.UNDONE);
    }

    /** The step whose turn it is: from 0; forward the number of steps if all are done, backward -1. */
    int step() {
        if (goingBack()) {
            for (int i = phases.size() - 1; i >= 0; i--) {
                if (phases.get(i) != Phase.WAITING && phases.get(i) != Phase.UNDONE) {
                    return i;
                }
            }
            return -1;
        }
        for (int i = 0; i < phases.size(); i++) {
            if (phases.get(i) != Phase.APPLIED) {
                return i;
            }
        }
        return phases.size();
    }

    /** Whether the step whose turn it is was under way. */
    boolean begun() {
        int step = step();
        return step >= 0 && step < phases.size() && phases.get(step) != Phase.WAITING;
    }
}

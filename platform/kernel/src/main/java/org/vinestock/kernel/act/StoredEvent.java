package org.vinestock.kernel.act;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.kernel.act.TaskHistory.Phase;
import org.vinestock.model.Lease;
import org.vinestock.model.ObjectId;
import org.vinestock.task.TaskState;

/**
 * A task's event as the journal has it: what belongs to an area is a text, so that it can be read before the area is
 * installed.
 */
sealed interface StoredEvent {
    /** When. */
    Instant at();

    /** It was planned; {@code parameters} is JSON. */
    record Accepted(
            Instant at,
            String operation,
            String parameters,
            List<ObjectId> claims,
            List<StoredStep> steps,
            String by,
            @Nullable String idempotencyKey,
            boolean despiteFreeze,
            List<Lease> leases,
            @Nullable String function)
            implements StoredEvent {
        /** As it was recorded before functions had modes. */
        Accepted(
                Instant at,
                String operation,
                String parameters,
                List<ObjectId> claims,
                List<StoredStep> steps,
                String by,
                @Nullable String idempotencyKey,
                boolean despiteFreeze,
                List<Lease> leases) {
            this(at, operation, parameters, claims, steps, by, idempotencyKey, despiteFreeze, leases, null);
        }
    }

    /** A later process goes on with it. */
    record Resumed(Instant at, List<Lease> leases) implements StoredEvent {}

    /** A step came so far. */
    record Moved(Instant at, int step, Phase phase) implements StoredEvent {}

    /** Nothing more happens; {@code result} is JSON. */
    record Ended(
            Instant at,
            TaskState state,
            int step,
            double progress,
            String message,
            @Nullable String result) implements StoredEvent {}

    /** A step of a plan; {@code arguments} is JSON. */
    record StoredStep(String title, String kind, String arguments) {}
}

package org.vinestock.operation;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.inventory.Snapshot;

/**
 * Plans what people ask for. A synchronous function of its arguments: it changes nothing and calls nobody.
 *
 * <p><b>Failure.</b> {@link #plan} throws {@code IllegalArgumentException} for a caller's mistake, naming the field and
 * what is accepted, and {@code VinestockException} for what the caller cannot prevent.
 */
@ConsumerType
public interface Operation<P extends Record, R extends Record> {
    /** What it is called. */
    OperationType<P, R> type();

    /** Says what to do: the objects that the task claims and the steps, in order. */
    Plan plan(P parameters, Planning planning);

    /** Says what came of it, after the last step. */
    R result(P parameters, Plan plan, Snapshot after);

    /** The names of the clusters that a plan acts on, so that a freeze of one holds; none by default. */
    default List<String> clusters(P parameters, Plan plan, Snapshot snapshot) {
        return List.of();
    }

    /** What a plan takes from the action budgets; nothing by default. */
    default Optional<Expense> expense(P parameters, Plan plan, Snapshot snapshot) {
        return Optional.empty();
    }
}

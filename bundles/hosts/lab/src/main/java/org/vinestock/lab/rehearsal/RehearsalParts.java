package org.vinestock.lab.rehearsal;

import org.vinestock.area.Platform;
import org.vinestock.operation.Operation;
import org.vinestock.operation.StepHandler;

/** The operation and step of rehearsals. */
public final class RehearsalParts {
    private final RehearseOperation operation;
    private final RehearseStep step;

    /** Makes them for a live site. */
    public RehearsalParts(Platform live) {
        step = new RehearseStep(live);
        operation = new RehearseOperation(live.decisions(), step);
    }

    /** What people can have done. */
    public Operation<?, ?> operation() {
        return operation;
    }

    /** How it is done. */
    public StepHandler<?> step() {
        return step;
    }

    /** Ends rehearsals that are under way. */
    public void close() {
        step.close();
    }
}

package org.vinestock.lab.replay;

import org.vinestock.area.Platform;
import org.vinestock.operation.Operation;
import org.vinestock.operation.StepHandler;
import org.vinestock.view.View;

/** The operation, step and view of replays. */
public final class ReplayParts {
    private final ReplayOperation operation;
    private final ReplayStep step;

    /** Makes them for a live site. */
    public ReplayParts(Platform live) {
        operation = new ReplayOperation(live.decisions());
        step = new ReplayStep(live);
    }

    /** What people can have done. */
    public Operation<?, ?> operation() {
        return operation;
    }

    /** How it is done. */
    public StepHandler<?> step() {
        return step;
    }

    /** What people can look at. */
    public View<?, ?> view() {
        return new ReplaysView();
    }

    /** Ends replays that are under way. */
    public void close() {
        step.close();
    }
}

package org.vinestock.disk.provider.plane;

import org.vinestock.dataplane.Watching;
import org.vinestock.model.ByteCount;
import org.vinestock.operation.StepContext;

/** Shows how far long work of a step is, and ends it when the task is cancelled. */
public record StepProgress(StepContext context) implements Watching {
    @Override
    public void progress(long done, long of) {
        context.progress(of == 0 ? 1 : (double) done / of, new ByteCount(done) + " of " + new ByteCount(of));
    }

    @Override
    public boolean cancelled() {
        return context.cancelled();
    }
}

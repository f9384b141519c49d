package org.vinestock.dataplane.engine.process;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.image.Progress;

/** Long work that somebody asked for: how far it is, and whether it is still wanted. */
final class Work implements Progress {
    private static final long STEP_NANOS = 100_000_000;

    /** Told now and then. */
    interface Listener {
        void progress(Map<String, ? extends @Nullable Object> event);
    }

    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final long id;
    private final Listener listener;
    private long told = System.nanoTime();

    Work(long id, Listener listener) {
        this.id = id;
        this.listener = listener;
    }

    void cancel() {
        cancelled.set(true);
    }

    @Override
    public boolean goesOn(long done, long of) {
        long now = System.nanoTime();
        if (now - told >= STEP_NANOS) {
            told = now;
            listener.progress(Map.of("event", "progress", "id", id, "done", done, "of", of));
        }
        return !cancelled.get();
    }

    void refuseIfCancelled() throws RefusedException {
        if (cancelled.get()) {
            throw new RefusedException("CANCELLED", "it was cancelled");
        }
    }
}

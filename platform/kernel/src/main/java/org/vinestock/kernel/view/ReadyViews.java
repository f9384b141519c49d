package org.vinestock.kernel.view;

import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;
import org.vinestock.view.View;

/**
 * Has views prepare themselves: at the start, and again within {@value #MILLIS} ms after a change. So nobody who asks for a
 * page waits for an index of a large site, and what is left to enter into it is what changed since.
 *
 * <p>Owned by its lane, save {@link #start}, {@link #look} and {@link #close}.
 */
public final class ReadyViews {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyViews.class);
    private static final long MILLIS = 250;

    private final Scheduler scheduler;
    private final Inventory inventory;
    private final Supplier<Collection<View<?, ?>>> views;
    private final Lane lane;
    private @Nullable Cancellable subscription;
    private @Nullable Cancellable timer;
    private boolean closed;
    private boolean failed;

    /** Makes one that does nothing yet. */
    public ReadyViews(Scheduler scheduler, Inventory inventory, Supplier<Collection<View<?, ?>>> views) {
        this.scheduler = scheduler;
        this.inventory = inventory;
        this.views = views;
        lane = scheduler.lane("views");
    }

    /** Begins. */
    public void start() {
        lane.execute(() -> {
            if (!closed && subscription == null) {
                subscription = inventory.onChange(lane, this::changed);
                prepare();
            }
        });
    }

    /** There are other views. */
    public void look() {
        lane.execute(() -> {
            if (subscription != null) {
                changed();
            }
        });
    }

    /** Ends. */
    public void close() {
        lane.execute(() -> {
            closed = true;
            if (subscription != null) {
                subscription.cancel();
                subscription = null;
            }
            if (timer != null) {
                timer.cancel();
            }
        });
    }

    private void changed() {
        if (timer == null && !closed) {
            timer = scheduler.after(Duration.ofMillis(MILLIS), lane, () -> {
                timer = null;
                prepare();
            });
        }
    }

    private void prepare() {
        if (closed) {
            return;
        }
        Snapshot now = inventory.committed();
        for (View<?, ?> view : views.get()) {
            try {
                view.prepare(now);
            } catch (RuntimeException | LinkageError e) {
                say(view, e);
            }
        }
    }

    /** Once: whoever reads it is told each time. */
    private void say(View<?, ?> view, Throwable thrown) {
        if (!failed) {
            failed = true;
            LOG.warn("view {} cannot prepare itself, so the first one who reads it waits", view.name(), thrown);
        }
    }
}

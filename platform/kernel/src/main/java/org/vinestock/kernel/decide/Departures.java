package org.vinestock.kernel.decide;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.schedule.Pulse;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.model.ObjectId;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Tells of objects that have left the inventory: whose own row, that of the kind by which their id is named, was removed.
 * What was observed of them counts no more than what else is kept under their id.
 *
 * <p>After more changes at once than the inventory keeps, those that left in between are not told of.
 *
 * <p>A change only arms a pulse: it often comes from within a decision, which is not to wait until a thread is woken.
 *
 * <p><b>Calls.</b> From any thread; it tells on its lane.
 */
final class Departures {
    private final Inventory inventory;
    private final Consumer<ObjectId> left;
    private final Queue<Runnable> changed = new ConcurrentLinkedQueue<>();
    private final Pulse pulse;
    private @Nullable Cancellable subscription;
    /** Up to which revision it has looked; owned by the monitor. */
    private long seen;

    Departures(Inventory inventory, Scheduler scheduler, DecisionLimits limits, Consumer<ObjectId> left) {
        this.inventory = inventory;
        this.left = left;
        Lane lane = scheduler.lane("departures");
        pulse = new Pulse(scheduler, lane, limits.ledgerEvery(), limits.idleBeats(), elapsed -> beat());
    }

    /** Looks from now on; again changes nothing. */
    synchronized void open() {
        if (subscription == null) {
            seen = inventory.committed().ref().revision();
            subscription = inventory.onChange(this::later, this::look);
        }
    }

    /** Looks no more. */
    synchronized void close() {
        if (subscription != null) {
            subscription.cancel();
            subscription = null;
        }
    }

    private void later(Runnable look) {
        changed.add(look);
        pulse.arm();
    }

    private boolean beat() {
        Runnable look = changed.poll();
        if (look == null) {
            return false;
        }
        for (; look != null; look = changed.poll()) {
            look.run();
        }
        return true;
    }

    private void look() {
        Snapshot now = inventory.committed();
        long since;
        synchronized (this) {
            since = seen;
            seen = now.ref().revision();
        }
        for (Change change : now.changesSince(since).orElse(List.of())) {
            if (change instanceof Change.Removed
                    && change.kind().name().equals(change.id().kind())
                    && now.rows(change.kind()).find(change.id()).isEmpty()) {
                left.accept(change.id());
            }
        }
    }
}

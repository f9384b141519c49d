package org.vinestock.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.store.memory.MemoryInventory;
import org.vinestock.store.write.Retention;
import org.vinestock.store.write.Wakes;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * An inventory in memory that takes its time to become durable, as one on a disk does: what waits becomes durable
 * together, some simulated time later. Whoever takes the head for what is committed, or a stage for complete, is found
 * out.
 *
 * <p>For a simulated scheduler: one thread.
 */
public final class DelayedInventory implements Inventory {
    private record Waiting(CompletableFuture<Commit> stage, Commit.Done done) {}

    private final Scheduler scheduler;
    private final Lane lane;
    private final Supplier<Duration> delay;
    private final MemoryInventory memory = new MemoryInventory(Retention.USUAL);
    private final Wakes wakes = new Wakes();
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean busy;
    private Snapshot committed = memory.head();

    /**
     * Makes an empty one.
     *
     * @param delay how long the next batch takes
     */
    public DelayedInventory(Scheduler scheduler, Supplier<Duration> delay) {
        this.scheduler = scheduler;
        this.delay = delay;
        lane = scheduler.lane("delayed inventory");
    }

    @Override
    public Snapshot head() {
        return memory.head();
    }

    @Override
    public Snapshot committed() {
        return committed;
    }

    @Override
    public Snapshot tried(List<Change> changes) {
        return memory.tried(changes);
    }

    @Override
    public CompletionStage<Snapshot> at(SnapshotRef ref) {
        return memory.at(ref);
    }

    @Override
    public CompletionStage<Commit> commit(ChangeSet changes) {
        CompletableFuture<Commit> numbered = memory.commit(changes).toCompletableFuture();
        if (!(numbered.getNow(null) instanceof Commit.Done done)
                || done.revision() <= committed.ref().revision()) {
            return numbered;
        }
        CompletableFuture<Commit> durable = new CompletableFuture<>();
        waiting.add(new Waiting(durable, done));
        if (!busy) {
            startBatch();
        }
        return durable;
    }

    private void startBatch() {
        busy = true;
        int size = waiting.size();
        long revision = waiting.get(size - 1).done.revision();
        scheduler.after(delay.get(), lane, () -> endBatch(size, revision));
    }

    private void endBatch(int size, long revision) {
        committed = kept(new SnapshotRef(revision, memory.head().ref().sample()));
        List<Waiting> batch = List.copyOf(waiting.subList(0, size));
        waiting.subList(0, size).clear();
        batch.forEach(each -> each.stage.complete(each.done));
        wakes.wake();
        busy = false;
        if (!waiting.isEmpty()) {
            startBatch();
        }
    }

    @Override
    public long measure(List<HostLoad> loads) {
        long sample = memory.measure(loads);
        committed = kept(new SnapshotRef(committed.ref().revision(), sample));
        return sample;
    }

    private Snapshot kept(SnapshotRef ref) {
        return memory.at(ref).toCompletableFuture().getNow(memory.head());
    }

    @Override
    public Cancellable onChange(Lane on, Runnable wake) {
        return wakes.add(on, wake);
    }
}

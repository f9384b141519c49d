package org.vinestock.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.journal.Entry;
import org.vinestock.journal.Journal;
import org.vinestock.journal.Line;
import org.vinestock.store.memory.MemoryInventory;
import org.vinestock.store.write.Wakes;
import org.vinestock.testkit.simulation.SimulatedDisk.Write;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * An inventory and its journal in memory that take their time to become durable, as on a disk: what waits becomes durable
 * together, in the order in which it was given, some simulated time later. Whoever takes the head for what is committed, or
 * a stage for complete, is found out.
 *
 * <p>For a simulated scheduler: one thread.
 */
public final class SimulatedStore implements Inventory {
    private final Scheduler scheduler;
    private final SimulatedDisk disk;
    private final @Nullable Supplier<Duration> delay;
    private final Lane lane;
    private final MemoryInventory memory;
    private final Wakes wakes = new Wakes();
    private final List<Waiting> waiting = new ArrayList<>();
    private final Journal journal = new DiskJournal();
    private int batch;
    private long line;
    private Snapshot committed;

    /** Something on its way. {@code revision}: what is durable with it; 0 if it is no revision. */
    private record Waiting(List<Write> writes, long revision, Runnable acknowledged) {}

    /**
     * Makes one that holds what is on a disk.
     *
     * @param delay how long the next batch takes; null = what is numbered is durable at once
     */
    public SimulatedStore(Scheduler scheduler, SimulatedDisk disk, @Nullable Supplier<Duration> delay) {
        this.scheduler = scheduler;
        this.disk = disk;
        this.delay = delay;
        lane = scheduler.lane("simulated store");
        memory = disk.inventory();
        line = disk.newestLine();
        committed = memory.head();
    }

    /** The journal that is kept with it. */
    public Journal journal() {
        return journal;
    }

    /** Its process dies. {@code arrived}: whether the batch that was on its way is on the disk, though nobody was told. */
    void die(boolean arrived) {
        if (arrived) {
            for (Waiting each : waiting.subList(0, batch)) {
                each.writes().forEach(disk::add);
            }
        }
        waiting.clear();
        disk.orphaned();
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
        long before = head().ref().revision();
        CompletableFuture<Commit> numbered = memory.commit(changes).toCompletableFuture();
        long revision = head().ref().revision();
        boolean refused = !(numbered.getNow(null) instanceof Commit.Done);
        if (refused || revision == committed.ref().revision()) {
            return numbered;
        }
        CompletableFuture<Commit> durable = new CompletableFuture<>();
        later(new Waiting(
                revision == before ? List.of() : List.of(new Write.Changed(changes)),
                revision,
                () -> durable.complete(new Commit.Done(revision))));
        return durable;
    }

    private void later(Waiting one) {
        waiting.add(one);
        if (delay == null) {
            batch = waiting.size();
            end();
        } else if (batch == 0) {
            begin(delay);
        }
    }

    private void begin(Supplier<Duration> takes) {
        batch = waiting.size();
        scheduler.after(takes.get(), lane, this::end);
    }

    /** The batch is durable. */
    private void end() {
        List<Waiting> done = List.copyOf(waiting.subList(0, batch));
        waiting.subList(0, batch).clear();
        batch = 0;
        long revision = committed.ref().revision();
        for (Waiting each : done) {
            each.writes().forEach(disk::add);
            revision = Math.max(revision, each.revision());
        }
        boolean changed = revision != committed.ref().revision();
        committed = kept(new SnapshotRef(revision, head().ref().sample()));
        done.forEach(each -> each.acknowledged().run());
        if (changed) {
            wakes.wake();
        }
        if (!waiting.isEmpty() && delay != null) {
            begin(delay);
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

    private final class DiskJournal implements Journal {
        @Override
        public CompletionStage<Long> append(String stream, String key, String text) {
            Write write = of(new Entry.Append(stream, key, text));
            return later(List.of(write), line);
        }

        @Override
        public CompletionStage<Long> replace(String stream, String key, String text) {
            Write write = of(new Entry.Replace(stream, key, text));
            return later(List.of(write), line);
        }

        @Override
        public CompletionStage<?> forget(String stream, String key) {
            return later(List.of(of(new Entry.Forget(stream, key))), line);
        }

        @Override
        public CompletionStage<?> write(List<Entry> entries) {
            return later(entries.stream().map(this::of).toList(), line);
        }

        private Write of(Entry entry) {
            if (entry instanceof Entry.Append append) {
                return new Write.Added(append.stream(), next(append.key(), append.text()), false);
            } else if (entry instanceof Entry.Replace replace) {
                return new Write.Added(replace.stream(), next(replace.key(), replace.text()), true);
            } else if (entry instanceof Entry.Forget forget) {
                return new Write.Forgotten(forget.stream(), forget.key(), line);
            }
            return new Write.Told(((Entry.Tell) entry).deed(), scheduler.instant());
        }

        private Line next(String key, String text) {
            return new Line(++line, scheduler.instant(), key, text);
        }

        private <T> CompletionStage<T> later(List<Write> writes, T value) {
            CompletableFuture<T> durable = new CompletableFuture<>();
            SimulatedStore.this.later(new Waiting(writes, 0, () -> durable.complete(value)));
            return durable;
        }

        @Override
        public CompletionStage<List<Line>> read(String stream, long after, int limit) {
            return CompletableFuture.completedFuture(disk.lines(stream).stream()
                    .filter(each -> each.number() > after)
                    .limit(limit)
                    .toList());
        }

        @Override
        public CompletionStage<List<Line>> about(String stream, String key) {
            return CompletableFuture.completedFuture(disk.lines(stream).stream()
                    .filter(each -> each.key().equals(key))
                    .toList());
        }
    }
}

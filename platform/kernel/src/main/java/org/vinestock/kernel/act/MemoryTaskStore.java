package org.vinestock.kernel.act;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.kernel.act.TaskHistory.Phase;
import org.vinestock.kernel.act.TaskHistory.StepHistory;
import org.vinestock.operation.Step;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskStatus;

/** Keeps tasks in memory: all that go on, and of those that ended the last ones. */
public final class MemoryTaskStore implements TaskStore {
    private final int keptEnded;
    private final Consumer<TaskId> dropped;
    private final Map<TaskId, Entry> entries = new ConcurrentHashMap<>(); // never iterated
    private final Deque<Entry> ended = new ArrayDeque<>(); // guarded by itself, the one that ended last first

    /** Makes one that keeps {@code keptEnded} tasks that ended. */
    public MemoryTaskStore(int keptEnded) {
        this(keptEnded, id -> {});
    }

    /** Makes one that says which tasks it keeps no longer. */
    MemoryTaskStore(int keptEnded, Consumer<TaskId> dropped) {
        this.keptEnded = keptEnded;
        this.dropped = dropped;
    }

    /** Takes in a task of an earlier process, of which the events since it was accepted are recorded next. */
    void restore(TaskId id, int steps, Supplier<TaskEvent.Accepted> accepted) {
        entries.put(id, new Entry(id, steps, accepted));
    }

    /** Takes in that a task of an earlier process ended. */
    void restoreEnd(TaskId id, Supplier<TaskStatus> status) {
        Entry entry = entries.get(id);
        if (entry != null) {
            entry.end(status);
            keep(entry);
        }
    }

    /** How far the steps of a task came. */
    List<Phase> phases(TaskId id) {
        Entry entry = entries.get(id);
        return entry == null ? List.of() : entry.phases();
    }

    @Override
    public CompletionStage<?> record(TaskEvent event) {
        if (event instanceof TaskEvent.Accepted accepted) {
            entries.put(
                    accepted.task(),
                    new Entry(accepted.task(), accepted.plan().steps().size(), () -> accepted));
            return RECORDED;
        }
        Entry entry = entries.get(event.task());
        if (entry != null) {
            entry.record(event);
            if (event instanceof TaskEvent.Ended) {
                keep(entry);
            }
        }
        return RECORDED;
    }

    private void keep(Entry entry) {
        Entry last = null;
        synchronized (ended) {
            ended.addFirst(entry);
            if (ended.size() > keptEnded) {
                last = ended.removeLast();
            }
        }
        if (last != null) {
            entries.remove(last.id);
            dropped.accept(last.id);
        }
    }

    @Override
    public Optional<TaskHistory> find(TaskId id) {
        Entry entry = entries.get(id);
        return entry == null ? Optional.empty() : Optional.of(entry.history());
    }

    @Override
    public List<TaskStatus> ended(int limit) {
        List<TaskStatus> statuses = new ArrayList<>();
        synchronized (ended) {
            Iterator<Entry> last = ended.iterator();
            while (statuses.size() < limit && last.hasNext()) {
                TaskStatus status = last.next().status();
                if (status != null) {
                    statuses.add(status);
                }
            }
        }
        return statuses;
    }

    /** One task; guarded by itself. */
    private static final class Entry {
        private final TaskId id;
        private final Supplier<TaskEvent.Accepted> accepted;
        private final Phase[] phases;
        private final @Nullable Instant[] started;
        private final @Nullable Instant[] done;
        private @Nullable Supplier<TaskStatus> status;

        Entry(TaskId id, int steps, Supplier<TaskEvent.Accepted> accepted) {
            this.id = id;
            this.accepted = accepted;
            phases = new Phase[steps];
            Arrays.fill(phases, Phase.WAITING);
            started = new @Nullable Instant[steps];
            done = new @Nullable Instant[steps];
        }

        synchronized void record(TaskEvent event) {
            if (event instanceof TaskEvent.Applying applying) {
                begin(applying.step(), Phase.APPLYING, event.at());
            } else if (event instanceof TaskEvent.Applied applied) {
                end(applied.step(), Phase.APPLIED, event.at());
            } else if (event instanceof TaskEvent.Undoing undoing) {
                begin(undoing.step(), Phase.UNDOING, event.at());
            } else if (event instanceof TaskEvent.Undone undone) {
                end(undone.step(), Phase.UNDONE, event.at());
            } else if (event instanceof TaskEvent.Ended last) {
                end(last::status);
            }
        }

        private void begin(int step, Phase phase, Instant at) {
            phases[step] = phase;
            started[step] = at;
            done[step] = null;
        }

        private void end(int step, Phase phase, Instant at) {
            phases[step] = phase;
            done[step] = at;
        }

        synchronized void end(Supplier<TaskStatus> last) {
            status = last;
        }

        synchronized List<Phase> phases() {
            return List.of(phases);
        }

        synchronized @Nullable TaskStatus status() {
            return status == null ? null : status.get();
        }

        synchronized TaskHistory history() {
            List<StepHistory> steps = new ArrayList<>(phases.length);
            TaskEvent.Accepted known = accepted.get();
            for (int i = 0; i < phases.length; i++) {
                Step step = known.plan().steps().get(i);
                steps.add(new StepHistory(step.title(), step.kind(), phases[i], started[i], done[i]));
            }
            return new TaskHistory(known, steps, status());
        }
    }
}

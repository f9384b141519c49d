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
import org.jspecify.annotations.Nullable;
import org.vinestock.kernel.act.TaskHistory.Phase;
import org.vinestock.kernel.act.TaskHistory.StepHistory;
import org.vinestock.operation.Step;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskStatus;

/** Keeps tasks in memory: all that go on, and of those that ended the last ones. */
public final class MemoryTaskStore implements TaskStore {
    private final int keptEnded;
    private final Map<TaskId, Entry> entries = new ConcurrentHashMap<>(); // never iterated
    private final Deque<Entry> ended = new ArrayDeque<>(); // guarded by itself, the one that ended last first

    /** Makes one that keeps {@code keptEnded} tasks that ended. */
    public MemoryTaskStore(int keptEnded) {
        this.keptEnded = keptEnded;
    }

    @Override
    public CompletionStage<?> record(TaskEvent event) {
        if (event instanceof TaskEvent.Accepted accepted) {
            entries.put(accepted.task(), new Entry(accepted));
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
        Entry dropped = null;
        synchronized (ended) {
            ended.addFirst(entry);
            if (ended.size() > keptEnded) {
                dropped = ended.removeLast();
            }
        }
        if (dropped != null) {
            entries.remove(dropped.accepted.task());
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
        private final TaskEvent.Accepted accepted;
        private final Phase[] phases;
        private final @Nullable Instant[] started;
        private final @Nullable Instant[] done;
        private @Nullable TaskStatus status;

        Entry(TaskEvent.Accepted accepted) {
            this.accepted = accepted;
            int steps = accepted.plan().steps().size();
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
                status = last.status();
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

        synchronized @Nullable TaskStatus status() {
            return status;
        }

        synchronized TaskHistory history() {
            List<StepHistory> steps = new ArrayList<>(phases.length);
            for (int i = 0; i < phases.length; i++) {
                Step step = accepted.plan().steps().get(i);
                steps.add(new StepHistory(step.title(), step.kind(), phases[i], started[i], done[i]));
            }
            return new TaskHistory(accepted, steps, status);
        }
    }
}

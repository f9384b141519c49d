package org.vinestock.kernel.act;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.audit.Deed;
import org.vinestock.journal.Entry;
import org.vinestock.journal.Journal;
import org.vinestock.journal.Line;
import org.vinestock.kernel.act.StoredEvent.StoredStep;
import org.vinestock.kernel.act.TaskHistory.Phase;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Step;
import org.vinestock.operation.StepHandler;
import org.vinestock.task.Request;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskStatus;
import org.vinestock.view.Codec;

/**
 * Keeps tasks in memory and in a journal: all that go on, and of those that ended the last ones. An event is durable
 * before its task goes on. What the audit is told of people's tasks is durable in the same transaction.
 */
public final class JournalTaskStore implements TaskStore {
    /** The stream of events; its keys are tasks. */
    public static final String TASKS = "task";

    private static final Logger LOG = LoggerFactory.getLogger(JournalTaskStore.class);

    private final Journal journal;
    private final Codec codec;
    private final MemoryTaskStore memory;
    private final TaskDeeds deeds;
    private final Map<TaskId, StoredEvent.Accepted> unfinished = new TreeMap<>((a, b) -> order(a, b));
    /** By who asked and the idempotency key; of those that ended too, as long as they are kept. */
    private final Map<String, TaskId> requests = new ConcurrentSkipListMap<>();

    private final Map<TaskId, StoredEvent.Accepted> requested = new ConcurrentHashMap<>(); // never iterated
    private volatile Catalogue catalogue = new Catalogue();

    /**
     * Takes in what earlier processes recorded.
     *
     * @param keptEnded how many tasks that ended are kept
     * @param tasks all lines of the stream {@value #TASKS}
     */
    public JournalTaskStore(Journal journal, Codec codec, int keptEnded, List<Line> tasks) {
        this.journal = journal;
        this.codec = codec;
        deeds = new TaskDeeds(codec);
        memory = new MemoryTaskStore(keptEnded, this::forget);
        for (Line line : tasks) {
            restore(new TaskId(line.key()), codec.read(line.text(), StoredEvent.class));
        }
    }

    private static int order(TaskId a, TaskId b) {
        int byLength = Integer.compare(a.value().length(), b.value().length());
        return byLength != 0 ? byLength : a.value().compareTo(b.value());
    }

    private void restore(TaskId id, StoredEvent event) {
        if (event instanceof StoredEvent.Accepted accepted) {
            unfinished.put(id, accepted);
            deeds.restored(id, new Request(accepted.by()), accepted.claims());
            if (accepted.idempotencyKey() != null) {
                requests.put(requestKey(accepted.by(), accepted.idempotencyKey()), id);
                requested.put(id, accepted);
            }
            memory.restore(id, accepted.steps().size(), () -> readable(id, accepted));
        } else if (event instanceof StoredEvent.Moved moved) {
            memory.record(event(id, moved));
        } else if (event instanceof StoredEvent.Ended ended) {
            deeds.forget(id);
            StoredEvent.Accepted accepted = unfinished.remove(id);
            if (accepted != null) {
                memory.restoreEnd(id, () -> status(id, accepted, ended));
            }
        }
    }

    private void forget(TaskId id) {
        journal.forget(TASKS, id.value());
        StoredEvent.Accepted accepted = requested.remove(id);
        if (accepted != null) {
            requests.remove(requestKey(accepted.by(), String.valueOf(accepted.idempotencyKey())), id);
        }
    }

    private static String requestKey(String by, String key) {
        return by + '\n' + key;
    }

    @Override
    public Optional<TaskId> requestedBefore(OperationType<?, ?> type, Record parameters, Request request) {
        TaskId id = requests.get(requestKey(request.by(), String.valueOf(request.idempotencyKey())));
        StoredEvent.Accepted accepted = id == null ? null : requested.get(id);
        if (id == null || accepted == null) {
            return Optional.empty();
        }
        if (!accepted.operation().equals(type.name()) || !accepted.parameters().equals(codec.write(parameters))) {
            throw IdempotencyKeys.usedFor(request, accepted.operation(), id);
        }
        return Optional.of(id);
    }

    private static TaskEvent event(TaskId id, StoredEvent.Moved moved) {
        return switch (moved.phase()) {
            case APPLYING -> new TaskEvent.Applying(id, moved.at(), moved.step());
            case APPLIED -> new TaskEvent.Applied(id, moved.at(), moved.step());
            case UNDOING -> new TaskEvent.Undoing(id, moved.at(), moved.step());
            case UNDONE -> new TaskEvent.Undone(id, moved.at(), moved.step());
            case WAITING -> throw new IllegalArgumentException("no step begins to wait");
        };
    }

    @Override
    public List<UnfinishedTask> begin(Catalogue areas) {
        catalogue = areas;
        List<UnfinishedTask> tasks = new ArrayList<>();
        unfinished.forEach((id, accepted) -> tasks.add(new UnfinishedTask(
                id,
                accepted.operation(),
                accepted.by(),
                accepted.at(),
                accepted.claims(),
                memory.phases(id),
                () -> read(id, accepted))));
        unfinished.clear();
        return tasks;
    }

    @Override
    public CompletionStage<?> record(TaskEvent event) {
        memory.record(event);
        String task = event.task().value();
        String text = codec.write(stored(event));
        Optional<Deed> deed = deeds.of(event);
        return deed.isEmpty()
                ? journal.append(TASKS, task, text)
                : journal.write(List.of(new Entry.Append(TASKS, task, text), new Entry.Tell(deed.get())));
    }

    private StoredEvent stored(TaskEvent event) {
        if (event instanceof TaskEvent.Accepted accepted) {
            return stored(accepted);
        } else if (event instanceof TaskEvent.Resumed resumed) {
            return new StoredEvent.Resumed(resumed.at(), resumed.leases());
        } else if (event instanceof TaskEvent.Applying applying) {
            return new StoredEvent.Moved(applying.at(), applying.step(), Phase.APPLYING);
        } else if (event instanceof TaskEvent.Applied applied) {
            return new StoredEvent.Moved(applied.at(), applied.step(), Phase.APPLIED);
        } else if (event instanceof TaskEvent.Undoing undoing) {
            return new StoredEvent.Moved(undoing.at(), undoing.step(), Phase.UNDOING);
        } else if (event instanceof TaskEvent.Undone undone) {
            return new StoredEvent.Moved(undone.at(), undone.step(), Phase.UNDONE);
        } else if (event instanceof TaskEvent.Ended ended) {
            TaskStatus status = ended.status();
            Record result = status.result();
            return new StoredEvent.Ended(
                    ended.at(),
                    status.state(),
                    status.step(),
                    status.progress(),
                    status.message(),
                    result == null ? null : codec.write(result));
        }
        throw new IllegalArgumentException("an event that cannot be kept: " + event);
    }

    private StoredEvent.Accepted stored(TaskEvent.Accepted accepted) {
        List<StoredStep> steps = new ArrayList<>();
        for (Step step : accepted.plan().steps()) {
            steps.add(new StoredStep(step.title(), step.kind(), codec.write(step.arguments())));
        }
        Request request = accepted.request();
        return new StoredEvent.Accepted(
                accepted.at(),
                accepted.operation(),
                codec.write(accepted.parameters()),
                accepted.plan().claims(),
                steps,
                request.by(),
                request.idempotencyKey(),
                request.despiteFreeze(),
                accepted.leases(),
                request.function());
    }

    /** What was accepted, if all of it can be read now. */
    private Optional<TaskEvent.Accepted> read(TaskId id, StoredEvent.Accepted accepted) {
        if (catalogue.named(accepted.operation()) == null) {
            return Optional.empty();
        }
        for (StoredStep step : accepted.steps()) {
            if (catalogue.handler(step.kind()) == null) {
                return Optional.empty();
            }
        }
        return Optional.of(decoded(id, accepted));
    }

    /** What was accepted, with what cannot be read now as it is. */
    private TaskEvent.Accepted readable(TaskId id, StoredEvent.Accepted accepted) {
        try {
            return decoded(id, accepted);
        } catch (IllegalArgumentException e) {
            LOG.debug("task {} was recorded by another version of its area", id, e);
            List<Step> steps = new ArrayList<>();
            for (StoredStep step : accepted.steps()) {
                steps.add(new Step(step.title(), step.kind(), new Unread(step.arguments())));
            }
            return event(id, accepted, new Unread(accepted.parameters()), steps);
        }
    }

    private TaskEvent.Accepted decoded(TaskId id, StoredEvent.Accepted accepted) {
        Operation<?, ?> operation = catalogue.named(accepted.operation());
        Record parameters = decoded(
                accepted.parameters(),
                operation == null ? null : operation.type().parameters());
        List<Step> steps = new ArrayList<>();
        for (StoredStep step : accepted.steps()) {
            StepHandler<?> handler = catalogue.handler(step.kind());
            Record arguments = decoded(step.arguments(), handler == null ? null : handler.argumentsType());
            steps.add(new Step(step.title(), step.kind(), arguments));
        }
        return event(id, accepted, parameters, steps);
    }

    private static TaskEvent.Accepted event(
            TaskId id, StoredEvent.Accepted accepted, Record parameters, List<Step> steps) {
        return new TaskEvent.Accepted(
                id,
                accepted.at(),
                accepted.operation(),
                parameters,
                new Plan(accepted.claims(), steps),
                new Request(accepted.by(), accepted.idempotencyKey(), accepted.despiteFreeze(), accepted.function()),
                accepted.leases());
    }

    private Record decoded(String json, @Nullable Class<? extends Record> type) {
        return type == null ? new Unread(json) : codec.read(json, type);
    }

    private TaskStatus status(TaskId id, StoredEvent.Accepted accepted, StoredEvent.Ended ended) {
        int steps = accepted.steps().size();
        return new TaskStatus(
                id,
                accepted.operation(),
                ended.state(),
                accepted.by(),
                accepted.at(),
                ended.at(),
                ended.step(),
                steps,
                ended.step() > 0 && ended.step() <= steps
                        ? accepted.steps().get(ended.step() - 1).title()
                        : "",
                ended.progress(),
                ended.message(),
                result(accepted, ended));
    }

    private @Nullable Record result(StoredEvent.Accepted accepted, StoredEvent.Ended ended) {
        if (ended.result() == null) {
            return null;
        }
        Operation<?, ?> operation = catalogue.named(accepted.operation());
        try {
            return decoded(
                    ended.result(), operation == null ? null : operation.type().result());
        } catch (IllegalArgumentException e) {
            return new Unread(ended.result());
        }
    }

    @Override
    public Optional<TaskHistory> find(TaskId id) {
        return memory.find(id);
    }

    @Override
    public List<TaskStatus> ended(int limit) {
        return memory.ended(limit);
    }
}

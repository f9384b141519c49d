package org.vinestock.kernel.act;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.vinestock.audit.Audit;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskStatus;
import org.vinestock.view.Codec;

/** Tells an audit of people's tasks whose store has no journal; what it is told is kept no better than the tasks are. */
public final class AuditedTaskStore implements TaskStore {
    private final TaskStore tasks;
    private final Audit audit;
    private final TaskDeeds deeds;

    /** Makes one. */
    public AuditedTaskStore(TaskStore tasks, Audit audit, Codec codec) {
        this.tasks = tasks;
        this.audit = audit;
        deeds = new TaskDeeds(codec);
    }

    @Override
    public CompletionStage<?> record(TaskEvent event) {
        deeds.of(event).ifPresent(audit::tell);
        return tasks.record(event);
    }

    @Override
    public Optional<TaskHistory> find(TaskId id) {
        return tasks.find(id);
    }

    @Override
    public List<TaskStatus> ended(int limit) {
        return tasks.ended(limit);
    }
}

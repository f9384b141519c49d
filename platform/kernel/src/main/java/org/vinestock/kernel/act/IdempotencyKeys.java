package org.vinestock.kernel.act;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.vinestock.operation.OperationType;
import org.vinestock.task.Request;
import org.vinestock.task.Task;
import org.vinestock.task.TaskId;

/** Remembers which request made which task, for the last ones. Any thread; one request with a key is planned at a time. */
final class IdempotencyKeys {
    private final Map<Key, Made> made = new LinkedHashMap<>();
    private final int kept;

    IdempotencyKeys(int kept) {
        this.kept = kept;
    }

    /** Returns the task of the first request with the same key by the same person, or starts one. */
    synchronized <R extends Record> Task<R> once(
            OperationType<?, R> type, Record parameters, Request request, Supplier<Task<R>> start) {
        Key key = new Key(request.by(), String.valueOf(request.idempotencyKey()));
        Made first = made.get(key);
        if (first == null) {
            Task<R> task = start.get();
            made.put(key, new Made(type.name(), parameters, task));
            if (made.size() > kept) {
                made.remove(made.keySet().iterator().next());
            }
            return task;
        }
        if (!first.operation.equals(type.name()) || !first.parameters.equals(parameters)) {
            throw usedFor(request, first.operation, first.task.id());
        }
        @SuppressWarnings("unchecked") // the same operation has the same result
        Task<R> task = (Task<R>) first.task;
        return task;
    }

    static IllegalArgumentException usedFor(Request request, String operation, TaskId task) {
        return new IllegalArgumentException("idempotencyKey: \"" + request.idempotencyKey() + "\" was used for "
                + operation + " as task " + task + " with other parameters; accepted: a new key for a new request");
    }

    private record Key(String by, String key) {}

    private record Made(String operation, Record parameters, Task<?> task) {}
}

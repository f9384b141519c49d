package org.vinestock.kernel.act;

import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.audit.Deed;
import org.vinestock.model.ObjectId;
import org.vinestock.operation.Input;
import org.vinestock.task.Request;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskStatus;
import org.vinestock.view.Codec;
import org.vinestock.view.InWords;

/**
 * What the audit is told of tasks: that a person's was accepted and how it ended. What the machine starts by itself -
 * controllers, the lab's tenants - is not told; that are the tasks of which the request's {@code by} has a slash.
 */
final class TaskDeeds {
    private final Codec codec;
    /** The objects of people's tasks that go on. Never iterated. */
    private final Map<TaskId, String> objects = new ConcurrentHashMap<>();

    TaskDeeds(Codec codec) {
        this.codec = codec;
    }

    /** A person's task of an earlier process goes on. */
    void restored(TaskId task, Request request, Iterable<ObjectId> claims) {
        if (request.byPerson()) {
            objects.put(task, names(claims));
        }
    }

    /** A task of an earlier process has ended. */
    void forget(TaskId task) {
        objects.remove(task);
    }

    /** What an event tells; empty if nothing. */
    Optional<Deed> of(TaskEvent event) {
        if (event instanceof TaskEvent.Accepted accepted && accepted.request().byPerson()) {
            String object = object(accepted);
            objects.put(accepted.task(), object);
            return Optional.of(new Deed(
                    who(accepted.request().by()),
                    accepted.operation(),
                    object,
                    accepted.task() + " accepted"
                            + (accepted.request().despiteFreeze() ? " despite a freeze" : "") + ": "
                            + codec.write(accepted.parameters())));
        } else if (event instanceof TaskEvent.Ended ended) {
            String object = objects.remove(ended.task());
            TaskStatus last = ended.status();
            String message = last.message().isEmpty() ? "" : ": " + last.message();
            return object == null
                    ? Optional.empty()
                    : Optional.of(new Deed(
                            who(last.by()), last.operation(), object, ended.task() + " " + last.state() + message));
        }
        return Optional.empty();
    }

    private static String who(String by) {
        return by.isEmpty() ? "nobody" : by.length() > 200 ? by.substring(0, 200) : by;
    }

    /** What a task claims; if it claims nothing, what its first argument names. */
    private static String object(TaskEvent.Accepted accepted) {
        return accepted.plan().claims().isEmpty()
                ? firstArgument(accepted.parameters())
                : names(accepted.plan().claims());
    }

    private static String names(Iterable<ObjectId> claims) {
        StringBuilder names = new StringBuilder();
        for (ObjectId claim : claims) {
            names.append(names.isEmpty() ? "" : " ").append(claim.value());
        }
        return names.toString();
    }

    private static String firstArgument(Record parameters) {
        for (RecordComponent component : parameters.getClass().getRecordComponents()) {
            Input input = component.getAnnotation(Input.class);
            if (input != null && input.at() == 0) {
                @Nullable Object value = InWords.value(parameters, component);
                return value == null ? "" : InWords.of(value);
            }
        }
        return "";
    }
}

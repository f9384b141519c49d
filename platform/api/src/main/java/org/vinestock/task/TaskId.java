package org.vinestock.task;

import org.vinestock.model.ObjectId;

/** Names a task. */
public record TaskId(String value) implements ObjectId {
    /** Checks the name. */
    public TaskId {
        ObjectId.checked("task", value);
    }

    @Override
    public String kind() {
        return "task";
    }

    @Override
    public String toString() {
        return value;
    }
}

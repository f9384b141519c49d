package org.vinestock.kernel.act;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vinestock.model.ObjectId;
import org.vinestock.task.Operations;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;

/**
 * For which objects a controller has a task that goes on, and which wait in line for one of them to end. When a zone is
 * lost thousands of objects want a task in the same moment: so many at once would be no faster, for hosts and the store's
 * writer are busy with far fewer, but what people ask for meanwhile would come behind all of them.
 *
 * <p>A task that waits, for a person or for room in a budget, does not hold up others: another cluster may have room.
 *
 * <p>Owned by the controller's lane.
 */
final class Outstanding {
    /** Enough to keep hosts and writer busy: a restart takes some 100 ms, a batch of the writer some tens of changes. */
    static final int MOST = 256;

    private final Operations operations;
    private final Map<String, TaskId> going = new LinkedHashMap<>();
    private final Map<String, ObjectId> line = new LinkedHashMap<>();

    Outstanding(Operations operations) {
        this.operations = operations;
    }

    boolean full() {
        return going.size() >= MOST;
    }

    boolean anybodyWaits() {
        return !line.isEmpty();
    }

    void started(String key, TaskId task) {
        line.remove(key);
        going.put(key, task);
    }

    void ended(String key) {
        going.remove(key);
    }

    /** It waits until there is room; who waits already keeps its place. */
    void await(String key, ObjectId object) {
        line.putIfAbsent(key, object);
    }

    /** It wants nothing any more. */
    void leave(String key) {
        line.remove(key);
    }

    /** Leaves out tasks that only wait. */
    void leaveOutWaiting() {
        going.values()
                .removeIf(task -> operations
                        .find(task)
                        .filter(status -> status.state() != TaskState.PARKED && status.state() != TaskState.PROPOSED)
                        .isEmpty());
    }

    /** Takes those out of the line for which there is room. */
    Map<String, ObjectId> next() {
        Map<String, ObjectId> next = new LinkedHashMap<>();
        List<String> first = new ArrayList<>(line.keySet());
        for (String key : first.subList(0, Math.min(first.size(), Math.max(0, MOST - going.size())))) {
            next.put(key, line.remove(key));
        }
        return next;
    }

    void clear() {
        going.clear();
        line.clear();
    }
}

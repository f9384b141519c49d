package org.vinestock.kernel.act;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.vinestock.task.TaskStatus;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/** Those who follow a task; each is told the status once for several changes if changes come faster. Any thread. */
final class TaskWatchers {
    private final Supplier<TaskStatus> status;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    TaskWatchers(Supplier<TaskStatus> status) {
        this.status = status;
    }

    /** Adds one and tells it how the task is now. */
    Cancellable add(Lane lane, Consumer<TaskStatus> listener) {
        Watcher watcher = new Watcher(lane, listener);
        watchers.add(watcher);
        tell(watcher);
        return () -> watchers.remove(watcher);
    }

    void tell() {
        for (Watcher watcher : watchers) {
            tell(watcher);
        }
    }

    private void tell(Watcher watcher) {
        if (watcher.wake()) {
            watcher.lane.execute(() -> {
                watcher.takeWake();
                watcher.listener.accept(status.get());
            });
        }
    }

    private static final class Watcher {
        private final Lane lane;
        private final Consumer<TaskStatus> listener;
        private boolean woken;

        Watcher(Lane lane, Consumer<TaskStatus> listener) {
            this.lane = lane;
            this.listener = listener;
        }

        synchronized boolean wake() {
            boolean first = !woken;
            woken = true;
            return first;
        }

        synchronized void takeWake() {
            woken = false;
        }
    }
}

package org.vinestock.kernel.act;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.ErrorCode;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.Controller;
import org.vinestock.operation.Next;
import org.vinestock.operation.OperationType;
import org.vinestock.task.Operations;
import org.vinestock.task.Request;
import org.vinestock.task.Task;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Runs one controller: looks at everything once at the start and after lost events, then at what a change wakes; runs
 * what it names, once per object and revision, and looks again when that ends. If it names something again and nothing
 * has changed by what it ran, it waits a while before it runs that: what came of it may have gone before anybody saw it. After
 * a task that failed it waits, longer each time, before it runs the next one for the same object. So many tasks go on at once
 * and no more, see {@link Outstanding}; other objects wait in line, and are looked at anew when it is their turn.
 *
 * <p>Owned by its lane, save {@link #start} and {@link #close}.
 */
public final class ControllerRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerRunner.class);
    private static final int LOOKS_A_TURN = 64;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int REFUSALS_SAID = 5;
    private static final Duration IN_VAIN = Duration.ofSeconds(10);
    private static final Duration LINE_LOOKED_AT = Duration.ofSeconds(1);

    private final Controller controller;
    private final Scheduler scheduler;
    private final Inventory inventory;
    private final Operations operations;
    private final Request request;
    private final Lane lane;
    private final Map<String, ObjectId> pending = new LinkedHashMap<>();
    private final Map<String, Watched> watched = new TreeMap<>();
    private final Outstanding outstanding;
    private @Nullable Cancellable lineTimer;
    private long seen = -1;
    private boolean turnGiven;
    private boolean closed;
    private @Nullable Cancellable subscription;

    /** Makes one that does nothing yet. */
    public ControllerRunner(Controller controller, Scheduler scheduler, Inventory inventory, Operations operations) {
        this.controller = controller;
        this.scheduler = scheduler;
        this.inventory = inventory;
        this.operations = operations;
        this.request = new Request(controller.name().replaceFirst("\\.", "/"), null, false, controller.function());
        this.lane = scheduler.lane(controller.name());
        outstanding = new Outstanding(operations);
    }

    /** Begins to look. */
    public void start() {
        lane.execute(() -> {
            if (!closed) {
                subscription = inventory.onChange(lane, this::wake);
                wake();
            }
        });
    }

    /** Looks no more; tasks that it started go on. */
    public void close() {
        lane.execute(() -> {
            closed = true;
            if (subscription != null) {
                subscription.cancel();
            }
            watched.values().forEach(Watched::cancelTimer);
            watched.clear();
            pending.clear();
            outstanding.clear();
            if (lineTimer != null) {
                lineTimer.cancel();
            }
        });
    }

    /** Looks at everything again, also at what was answered already: people may have set another mode. */
    public void lookAtAll() {
        lane.execute(() -> {
            seen = -1;
            watched.values().forEach(its -> {
                its.answered = null;
                its.ranAt = -1;
                its.anew = its.running;
            });
            wake();
        });
    }

    private void wake() {
        if (closed) {
            return;
        }
        Snapshot now = inventory.committed();
        Optional<List<Change>> changes = seen < 0 ? Optional.empty() : now.changesSince(seen);
        seen = now.ref().revision();
        List<ObjectId> woken = guarded(
                "finding what to look at",
                List.of(),
                () -> changes.isPresent() ? wokenBy(changes.get(), now) : controller.objects(now));
        for (ObjectId object : woken) {
            pending.putIfAbsent(key(object), object);
        }
        lookAtSome();
    }

    private List<ObjectId> wokenBy(List<Change> changes, Snapshot now) {
        List<ObjectId> woken = new ArrayList<>();
        for (Change change : changes) {
            woken.addAll(controller.wokenBy(change, now));
        }
        return woken;
    }

    /** Looks at some objects, then lets others have a turn. */
    private void lookAtSome() {
        for (int i = 0; i < LOOKS_A_TURN && !pending.isEmpty(); i++) {
            ObjectId object = pending.values().iterator().next();
            pending.remove(key(object));
            look(object);
        }
        if (!pending.isEmpty() && !turnGiven) {
            turnGiven = true;
            lane.execute(() -> {
                turnGiven = false;
                lookAtSome();
            });
        }
    }

    private void look(ObjectId object) {
        Watched its = watched.computeIfAbsent(key(object), any -> new Watched(object));
        if (its.running) {
            withdraw(its); // else it is looked at when the task ends
            return;
        }
        its.cancelTimer();
        Snapshot now = inventory.committed();
        Next next = next(object, now);
        if (next instanceof Next.LookAgain again) {
            lookAgain(its, again.in());
        } else if (!(next instanceof Next.Run<?> run)) {
            watched.remove(key(object));
            outstanding.leave(key(object));
        } else if (!run.equals(its.answered) && hadPatience(its, run)) {
            run(its, run, now.ref().revision());
        }
    }

    /** Whether it has named the same thing for long enough; if not, it is looked at again then. */
    private boolean hadPatience(Watched its, Next.Run<?> run) {
        long now = scheduler.nanoTime();
        if (!run.equals(its.named)) {
            its.named = run;
            its.namedAt = now;
        }
        long rest = controller.patience(run).toNanos() - (now - its.namedAt);
        if (rest > 0) {
            lookAgain(its, Duration.ofNanos(rest));
        }
        return rest <= 0;
    }

    private Next next(ObjectId object, Snapshot now) {
        return guarded(
                "looking at " + key(object),
                new Next.Settled(),
                () -> controller.look(object, now, scheduler.instant()));
    }

    /** Takes back what it proposed if that is not to be done any more. */
    private void withdraw(Watched its) {
        TaskId task = its.task;
        boolean waits = task != null
                && operations
                        .find(task)
                        .filter(status -> status.state() == TaskState.PROPOSED)
                        .isPresent();
        if (task != null && waits && !next(its.object, inventory.committed()).equals(its.run)) {
            operations.cancel(task);
        }
    }

    private void run(Watched its, Next.Run<?> run, long revision) {
        long rest = its.failures == 0 && its.ranAt == revision ? its.restUntil - scheduler.nanoTime() : 0;
        if (rest > 0) {
            lookAgain(
                    its,
                    Duration.ofNanos(rest)); // nothing changed since it ran; what came of it may come to be seen yet
            return;
        }
        long pauseNanos = its.failures == 0 ? 0 : its.notBeforeNanos - scheduler.nanoTime();
        if (pauseNanos > 0) {
            lookAgain(its, Duration.ofNanos(pauseNanos));
            return;
        }
        if (outstanding.full()) {
            outstanding.await(key(its.object), its.object);
            lookAtLineLater();
            return;
        }
        try {
            its.run = run;
            its.anew = false;
            start(its, run);
            its.running = true;
            its.ranAt = revision;
        } catch (IllegalArgumentException | VinestockException e) {
            its.failures++;
            sayNotStarted(its, run, e);
            its.notBeforeNanos = scheduler.nanoTime();
            lookAgain(its, pause(its.failures));
        }
    }

    /**
     * A controller looks at what is committed, an operation at the newest state: one that was just claimed, changed or
     * removed by somebody else is refused, and looked at again. What is refused time after time is worth a line.
     */
    private void sayNotStarted(Watched its, Next.Run<?> run, RuntimeException refused) {
        String operation = run.operation().name();
        if (refused instanceof VinestockException e && e.code().cause() == ErrorCode.Cause.BUG) {
            LOG.error("{} cannot run {}", controller.name(), operation, refused);
        } else if (its.failures == REFUSALS_SAID && !isClaimed(refused)) {
            LOG.warn(
                    "{} was refused {} for {} {} times in a row: {}",
                    controller.name(),
                    operation,
                    key(its.object),
                    its.failures,
                    refused.getMessage());
        } else {
            LOG.debug(
                    "{} was refused {} for {}: {}",
                    controller.name(),
                    operation,
                    key(its.object),
                    refused.getMessage());
        }
    }

    private static boolean isClaimed(RuntimeException refused) {
        return refused instanceof VinestockException e && e.code() == ActError.CLAIMED;
    }

    private <P extends Record> void start(Watched its, Next.Run<P> run) {
        start(its, run.operation(), run.parameters());
    }

    private <P extends Record, R extends Record> void start(Watched its, OperationType<P, R> type, P parameters) {
        Task<R> task = operations.start(type, parameters, request);
        its.task = task.id();
        outstanding.started(key(its.object), task.id());
        task.result().whenCompleteAsync((any, thrown) -> ended(its, thrown), lane);
    }

    private void ended(Watched its, @Nullable Throwable thrown) {
        its.running = false;
        outstanding.ended(key(its.object));
        lookAtLine();
        its.restUntil = scheduler.nanoTime() + IN_VAIN.toNanos();
        its.task = null;
        boolean outdated = its.anew && isAnswer(thrown, ActError.OBSERVED);
        if (!outdated && (isAnswer(thrown, ActError.OBSERVED) || isAnswer(thrown, ActError.REJECTED))) {
            its.answered = its.run; // not asked again, as long as it is the same
            its.failures = 0;
            return;
        }
        its.failures = thrown == null || outdated ? 0 : its.failures + 1;
        its.notBeforeNanos = scheduler.nanoTime()
                + (its.failures == 0 ? 0 : pause(its.failures).toNanos());
        if (!closed) {
            pending.putIfAbsent(key(its.object), its.object);
            lookAtSome();
        }
    }

    /** Lets those have their turn for whom there is room now. */
    private void lookAtLine() {
        if (!closed && outstanding.anybodyWaits() && !outstanding.full()) {
            outstanding.next().forEach(pending::putIfAbsent);
            lookAtSome();
        }
    }

    /** Tasks that came to wait tell nobody. */
    private void lookAtLineLater() {
        if (lineTimer == null) {
            lineTimer = scheduler.after(LINE_LOOKED_AT, lane, () -> {
                lineTimer = null;
                outstanding.leaveOutWaiting();
                lookAtLine();
                if (!closed && outstanding.anybodyWaits()) {
                    lookAtLineLater();
                }
            });
        }
    }

    /** Whether it ended because people want it recorded only, or not done. */
    private static boolean isAnswer(@Nullable Throwable thrown, ActError code) {
        Throwable cause = thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown;
        return cause instanceof VinestockException ended && ended.code() == code;
    }

    private void lookAgain(Watched its, Duration in) {
        Duration delay = in.compareTo(SHORTEST) < 0 ? SHORTEST : in;
        its.timer = scheduler.after(delay, lane, () -> {
            if (!closed) {
                pending.putIfAbsent(key(its.object), its.object);
                lookAtSome();
            }
        });
    }

    private static Duration pause(int failures) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(6, failures - 1));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private <T> T guarded(String what, T otherwise, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{} failed while {}", controller.name(), what, e);
            return otherwise;
        }
    }

    private static String key(ObjectId object) {
        return object.kind() + '/' + object.value();
    }

    /** An object for which something is under way or to be remembered. */
    private static final class Watched {
        private final ObjectId object;
        private boolean running;
        /** Whether people set a mode since its task was started: that it was only recorded may be outdated. */
        private boolean anew;

        private @Nullable TaskId task;
        private Next.@Nullable Run<?> run;
        private Next.@Nullable Run<?> answered;
        private Next.@Nullable Run<?> named;
        private long namedAt;
        private long ranAt = -1;
        private long restUntil;
        private int failures;
        /** By the scheduler's nanoseconds, which no step of the clock changes; heeded after a failure. */
        private long notBeforeNanos;

        private @Nullable Cancellable timer;

        Watched(ObjectId object) {
            this.object = object;
        }

        void cancelTimer() {
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
        }
    }
}

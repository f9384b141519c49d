package org.vinestock.kernel.strategies;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.audit.Audit;
import org.vinestock.kernel.turn.DecisionError;
import org.vinestock.model.VinestockException;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Keeps lines in the order in which they are given: in a journal, where whoever leads next finds them; without one, and what
 * is about this process alone, in a log, on a lane of its own, which may wait for the disk. Any thread, never blocks.
 */
public final class Keeper {
    private final StateLog log;
    private final @Nullable JournalStates states;
    private final @Nullable Audit audit;
    private final Scheduler scheduler;
    private final Lane lane;
    private final List<Kept> former;

    /** Makes one for a log that nobody else writes, which nobody is told of. */
    public Keeper(StateLog log, Scheduler scheduler) {
        this(log, null, List.of(), null, scheduler);
    }

    /** Makes one that tells an audit what it keeps in a log. */
    public Keeper(StateLog log, Audit audit, Scheduler scheduler) {
        this(log, null, List.of(), audit, scheduler);
    }

    /** Makes one that keeps in a journal what another process can use. {@code kept}: what the journal has. */
    public Keeper(StateLog log, JournalStates states, List<Kept> kept, Scheduler scheduler) {
        this(log, states, kept, null, scheduler);
    }

    private Keeper(
            StateLog log, @Nullable JournalStates states, List<Kept> kept, @Nullable Audit audit, Scheduler scheduler) {
        this.log = log;
        this.states = states;
        this.audit = audit;
        this.scheduler = scheduler;
        lane = scheduler.lane("decisions.log");
        List<Kept> all = new ArrayList<>(kept);
        log.kept().stream().filter(line -> states == null || line.ofTheHome()).forEach(all::add);
        former = List.copyOf(all);
    }

    /** What was kept when this process began. */
    public List<Kept> former() {
        return former;
    }

    /** A line as of now. */
    public Kept line(String what, String key, String value, String because, String by) {
        return new Kept(what, key, value, because, by, scheduler.instant());
    }

    /** Keeps a line; completes when it is durable, or with {@code STATE_NOT_KEPT}. */
    public CompletionStage<Void> keep(String what, String key, String value, String because, String by) {
        return keep(List.of(line(what, key, value, because, by)));
    }

    /** Keeps lines of one change, in a journal all or none; completes when they are durable, or with {@code STATE_NOT_KEPT}. */
    public CompletionStage<Void> keep(List<Kept> lines) {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        if (lines.isEmpty()) {
            kept.complete(null);
        } else if (states != null && !lines.get(0).ofTheHome()) {
            states.keep(lines).whenCompleteAsync((any, thrown) -> end(kept, lines.get(0), thrown), lane);
        } else {
            lane.execute(() -> keepInLog(lines, kept));
        }
        return kept;
    }

    private void keepInLog(List<Kept> lines, CompletableFuture<Void> kept) {
        Throwable failure = null;
        for (Kept line : lines) {
            try {
                log.keep(line);
            } catch (IOException e) {
                failure = e;
            }
            if (audit != null) {
                line.deed().ifPresent(audit::tell);
            }
        }
        end(kept, lines.get(0), failure);
    }

    private static void end(CompletableFuture<Void> kept, Kept line, @Nullable Throwable failure) {
        if (failure == null) {
            kept.complete(null);
            return;
        }
        kept.completeExceptionally(new VinestockException(
                DecisionError.STATE_NOT_KEPT,
                line.what() + " " + line.key() + " is " + line.value()
                        + " until the process ends, but could not be written down: " + failure.getMessage(),
                failure));
    }

    /** Whether alarms are kept: only in a journal, for the next process finds most of them out by itself. */
    public boolean keepsAlarms() {
        return states != null;
    }
}

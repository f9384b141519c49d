package org.vinestock.kernel.strategies;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.kernel.turn.DecisionError;
import org.vinestock.model.VinestockException;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Keeps lines in the order in which they are given, on a lane of its own, which may wait for the disk. Any thread.
 */
public final class Keeper {
    private final StateLog log;
    private final Scheduler scheduler;
    private final Lane lane;
    private final List<Kept> former;

    /** Makes one for a log that nobody else writes. */
    public Keeper(StateLog log, Scheduler scheduler) {
        this.log = log;
        this.scheduler = scheduler;
        lane = scheduler.lane("decisions.log");
        former = log.kept();
    }

    /** What was kept when this process began. */
    public List<Kept> former() {
        return former;
    }

    /** Keeps a line; completes when it is durable, or with {@code STATE_NOT_KEPT}. */
    public CompletionStage<Void> keep(String what, String key, String value, String because, String by) {
        Kept line = new Kept(what, key, value, because, by, scheduler.instant());
        CompletableFuture<Void> kept = new CompletableFuture<>();
        lane.execute(() -> {
            try {
                log.keep(line);
                kept.complete(null);
            } catch (IOException e) {
                kept.completeExceptionally(new VinestockException(
                        DecisionError.STATE_NOT_KEPT,
                        what + " " + key + " is " + value + " until the process ends, but could not be written down: "
                                + e.getMessage(),
                        e));
            }
        });
        return kept;
    }
}

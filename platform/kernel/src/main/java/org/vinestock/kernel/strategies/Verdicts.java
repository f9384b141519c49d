package org.vinestock.kernel.strategies;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.kernel.turn.DecisionError;
import org.vinestock.model.VinestockException;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * What became of the files that were handed over, by their names. Somebody who hands one over waits here for its verdict.
 * Any thread; owned by its monitor.
 */
public final class Verdicts {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Scheduler scheduler;
    private final Lane lane;
    private final Map<String, Verdict> known = new TreeMap<>();
    private final List<Waiter> waiters = new ArrayList<>();

    private record Verdict(String digest, String message, boolean good) {}

    private record Waiter(String file, String digest, CompletableFuture<String> answer) {}

    /** Makes one that knows of no file. */
    public Verdicts(Scheduler scheduler) {
        this.scheduler = scheduler;
        lane = scheduler.lane("verdicts");
    }

    /**
     * Waits for a file's verdict; fails with {@code PLUGIN_REFUSED} if it was refused, or is not looked at in time.
     *
     * @param digest SHA-256 of the bytes that are meant, in hexadecimal; empty = whichever are there
     */
    public synchronized CompletionStage<String> await(String file, String digest) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Verdict verdict = known.get(file);
        if (verdict != null && (digest.isEmpty() || digest.equals(verdict.digest()))) {
            tell(verdict, answer);
            return answer;
        }
        Waiter waiter = new Waiter(file, digest, answer);
        waiters.add(waiter);
        Cancellable unused = scheduler.after(PATIENCE, lane, () -> giveUp(waiter));
        return answer;
    }

    private synchronized void giveUp(Waiter waiter) {
        if (waiters.remove(waiter)) {
            waiter.answer()
                    .completeExceptionally(new VinestockException(
                            DecisionError.PLUGIN_REFUSED,
                            waiter.file() + ": no verdict within " + PATIENCE.toSeconds()
                                    + " s; is it in deploy/, and is the log silent about it?"));
        }
    }

    /** A verdict was reached; {@code good} = it may run. */
    public synchronized void reached(String file, String digest, String message, boolean good) {
        Verdict verdict = new Verdict(digest, message, good);
        known.put(file, verdict);
        for (Waiter waiter : List.copyOf(waiters)) {
            if (waiter.file().equals(file)
                    && (waiter.digest().isEmpty() || waiter.digest().equals(digest))) {
                waiters.remove(waiter);
                tell(verdict, waiter.answer());
            }
        }
    }

    /** The file is gone. */
    public synchronized void forget(String file) {
        known.remove(file);
    }

    private static void tell(Verdict verdict, CompletableFuture<String> answer) {
        if (verdict.good()) {
            answer.complete(verdict.message());
        } else {
            answer.completeExceptionally(new VinestockException(DecisionError.PLUGIN_REFUSED, verdict.message()));
        }
    }
}

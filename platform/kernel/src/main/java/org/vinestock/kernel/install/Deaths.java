package org.vinestock.kernel.install;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.vinestock.kernel.strategies.Keeper;
import org.vinestock.kernel.strategies.Kept;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Counts how often in a row the process died while a plugin was starting - start, contract and the first 60 s - or while
 * it was being called. The marker of a start is on the disk before the start begins, so this is a class at the edge.
 */
final class Deaths {
    private static final String START = "start";
    private static final String CALL = "call";
    private static final String BY = "vinestock";
    private static final int TOO_MANY = 2;
    private static final Duration PROBATION = Duration.ofSeconds(60);

    private final Keeper keeper;
    private final Scheduler scheduler;
    private final Lane lane;
    private final RunningCalls calls;
    private final Map<String, Integer> starts = new TreeMap<>();
    private final Map<String, Integer> inCalls = new TreeMap<>();
    /** Those that this process has started and that have not survived it yet. */
    private final Set<String> begun = new TreeSet<>();

    Deaths(Keeper keeper, Scheduler scheduler, RunningCalls calls) {
        this.keeper = keeper;
        this.scheduler = scheduler;
        this.calls = calls;
        lane = scheduler.lane("plugins");
        boolean named = !calls.diedIn().isEmpty() || !calls.diedInTrial().isEmpty();
        for (Kept kept : keeper.former()) {
            if (kept.what().equals(START)) {
                boolean may = !named
                        || calls.diedIn().contains(kept.key())
                        || calls.diedInTrial().contains(kept.key());
                remember(starts, kept, may);
            } else if (kept.what().equals(CALL)) {
                remember(inCalls, kept, calls.diedIn().contains(kept.key()));
            }
        }
        for (String digest : calls.diedIn()) {
            int count = inCalls.merge(digest, 1, Integer::sum);
            keeper.keep(CALL, digest, String.valueOf(count), "the process died while it was being called", BY);
        }
    }

    /** Takes over what was counted; not if another one ended the process, save for one that is held back already. */
    private void remember(Map<String, Integer> counted, Kept kept, boolean may) {
        int count = Integer.parseInt(kept.value());
        if (may || count >= TOO_MANY) {
            counted.put(kept.key(), count);
        } else {
            keeper.keep(kept.what(), kept.key(), "", "it did not end the process this time", BY);
        }
    }

    RunningCalls calls() {
        return calls;
    }

    /** Why a plugin may not be started; empty if it may. */
    synchronized String heldBack(String digest) {
        if (inCalls.getOrDefault(digest, 0) >= TOO_MANY) {
            return "the process died twice in a row while it was being called";
        }
        if (starts.getOrDefault(digest, 0) >= TOO_MANY) {
            return "the process died twice in a row while it was starting, or within a minute of it";
        }
        return "";
    }

    /** A person hands it over again and wants it to be tried. */
    synchronized void forgive(String digest) {
        if (starts.remove(digest) != null) {
            keeper.keep(START, digest, "", "handed over again", BY);
        }
        if (inCalls.remove(digest) != null) {
            keeper.keep(CALL, digest, "", "handed over again", BY);
        }
    }

    /** It is about to start; returns when that is on the disk. */
    void starting(String digest, String file) throws Refused {
        int count;
        synchronized (this) {
            count = starts.merge(digest, 1, Integer::sum);
            begun.add(digest);
        }
        try {
            keeper.keep(START, digest, String.valueOf(count), "starting " + file, BY)
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new Refused(file + ": its start could not be written down: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(file + ": interrupted");
        }
    }

    /** It has started; after a minute it has survived that. */
    void started(String digest) {
        Cancellable unused = scheduler.after(PROBATION, lane, () -> survived(digest));
    }

    /** Its start is over, and the process lives. */
    synchronized void survived(String digest) {
        begun.remove(digest);
        if (starts.remove(digest) != null) {
            keeper.keep(START, digest, "", "survived", BY);
        }
    }

    /** The process ends in order: nothing died. */
    synchronized void close() {
        List.copyOf(begun).forEach(this::survived);
        calls.close();
    }
}

package org.vinestock.kernel.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.kernel.plugin.CallMark;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.kernel.strategies.Keeper;
import org.vinestock.kernel.strategies.Kept;
import org.vinestock.kernel.strategies.StateLog;

/** Whose fault it is that the process died. Opening the file anew is what happens after a death. */
class DeathsTest {
    private static final String GUILTY = "0123456789ab";
    private static final String INNOCENT = "ba9876543210";

    @TempDir
    private Path folder;

    private final StateLog log = StateLog.memory();
    private SimulatedScheduler scheduler;

    private RunningCalls calls() throws IOException {
        return new RunningCalls(folder.resolve("calls"));
    }

    /** The process died, and another one begins. */
    private Deaths deaths() throws IOException {
        scheduler = new SimulatedScheduler(1, Instant.EPOCH, (lane, thrown) -> {
            throw new AssertionError(lane, thrown);
        });
        Deaths deaths = new Deaths(new Keeper(log, scheduler), scheduler, calls());
        settle();
        return deaths;
    }

    private void settle() {
        scheduler.run(scheduler.instant().plus(Duration.ofMillis(1)), Long.MAX_VALUE);
    }

    @Test
    void namesWhoWasBeingCalled() throws IOException {
        RunningCalls before = calls();
        before.mark(INNOCENT).running(true);
        CallMark guilty = before.mark(GUILTY);
        before.forget(INNOCENT);
        guilty.running(true);
        assertEquals(List.of(GUILTY), calls().diedIn());
        assertEquals(List.of(), calls().diedIn());
    }

    @Test
    void blamesADecisionBeforeAStart() throws IOException {
        RunningCalls before = calls();
        before.trial(INNOCENT).running(true);
        before.mark(GUILTY).running(true);
        RunningCalls after = calls();
        assertEquals(List.of(GUILTY), after.diedIn());
        assertEquals(List.of(), after.diedInTrial());
        after.trial(INNOCENT).running(true);
        RunningCalls last = calls();
        assertEquals(List.of(), last.diedIn());
        assertEquals(List.of(INNOCENT), last.diedInTrial());
    }

    @Test
    void marksNothingInAPlaceThatWasGivenBack() throws IOException {
        RunningCalls before = calls();
        CallMark stale = before.mark(GUILTY);
        before.forget(GUILTY);
        CallMark next = before.mark(INNOCENT);
        next.running(true);
        stale.running(false);
        assertEquals(List.of(INNOCENT), calls().diedIn());
    }

    @Test
    void blamesNobodyForWhatAnAbandonedThreadDoes() throws IOException {
        RunningCalls before = calls();
        CallMark stale = before.mark(GUILTY);
        before.forget(GUILTY);
        stale.running(true);
        assertEquals(List.of(), calls().diedIn());
    }

    @Test
    void blamesNobodyForAnEndInOrder() throws IOException {
        RunningCalls before = calls();
        CallMark called = before.mark(INNOCENT);
        called.running(true);
        before.close();
        called.running(true);
        assertEquals(List.of(), calls().diedIn());
    }

    @Test
    void holdsBackWhoeverWasBeingCalledTwiceInARow() throws IOException {
        for (int death = 0; death < 2; death++) {
            Deaths process = deaths();
            assertEquals("", process.heldBack(GUILTY));
            process.calls().mark(GUILTY).running(true);
        }
        assertEquals("the process died twice in a row while it was being called", deaths().heldBack(GUILTY));
    }

    @Test
    void doesNotHoldBackTheOneBesideIt() throws Exception {
        for (int death = 0; death < 2; death++) {
            Deaths process = deaths();
            process.calls().mark(GUILTY).running(true);
            process.calls().trial(INNOCENT).running(true);
            log.keep(started(INNOCENT));
        }
        Deaths now = deaths();
        assertTrue(now.heldBack(GUILTY).contains("twice in a row"));
        assertEquals("", now.heldBack(INNOCENT));
    }

    @Test
    void forgetsADeathThatDidNotHappenAgain() throws IOException {
        deaths().calls().mark(GUILTY).running(true);
        deaths();
        deaths().calls().mark(GUILTY).running(true);
        assertEquals("", deaths().heldBack(GUILTY));
    }

    @Test
    void keepsOneHeldBackThoughAnotherEndsTheProcess() throws IOException {
        for (int death = 0; death < 2; death++) {
            deaths().calls().mark(GUILTY).running(true);
        }
        deaths().calls().mark(INNOCENT).running(true);
        assertTrue(deaths().heldBack(GUILTY).contains("twice in a row"));
        Deaths now = deaths();
        now.forgive(GUILTY);
        assertEquals("", now.heldBack(GUILTY));
    }

    private static Kept started(String digest) {
        return new Kept("start", digest, "1", "starting", "test", Instant.EPOCH);
    }
}

package org.vinestock.kernel.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.kernel.strategies.Keeper;
import org.vinestock.kernel.strategies.KeptAlarms;
import org.vinestock.kernel.strategies.StateLog;

/** Somebody sets the clock. */
class ClockWatchTest {
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    private final SimulatedScheduler scheduler = new SimulatedScheduler(1, START, (lane, thrown) -> {
        throw new AssertionError(lane, thrown);
    });
    private final List<String> log = new ArrayList<>();
    private int told;
    private final Alarms alarms =
            new Alarms(scheduler, log::add, new KeptAlarms(new Keeper(StateLog.memory(), scheduler)));
    private final ClockWatch watch = new ClockWatch(scheduler, alarms);

    ClockWatchTest() {
        watch.onStep(() -> told++);
        watch.start();
    }

    private void run(Duration time) {
        scheduler.run(scheduler.instant().plus(time), Long.MAX_VALUE);
    }

    private List<String> messages() {
        return alarms.list().stream().map(Alarm::message).toList();
    }

    @Test
    void timeThatPassesIsNoStep() {
        run(Duration.ofDays(3));
        assertEquals(0, told);
        assertEquals(List.of(), log);
    }

    @Test
    void aStepIsNamedAndToldWithinASecondAndTheAlarmLastsAnHour() {
        run(Duration.ofMinutes(10));
        scheduler.step(Duration.ofHours(2));
        run(Duration.ofSeconds(1));
        assertEquals(1, told);
        String message = messages().get(0);
        assertEquals(
                "the clock was stepped forward by 2 h 0 min: it shows", message.substring(0, message.indexOf(" 20")));
        scheduler.step(Duration.ofDays(-400));
        run(Duration.ofSeconds(1));
        assertEquals(2, told);
        assertEquals(1, messages().size());
        assertEquals(
                "the clock was stepped back by 400 d 0 h", messages().get(0).split(":", 2)[0]);
        run(Duration.ofMinutes(59));
        assertEquals(1, messages().size());
        run(Duration.ofMinutes(2));
        assertEquals(List.of(), messages());
    }

    @Test
    void whatAClockIsCorrectedByEverySecondIsNoStep() {
        for (int i = 0; i < 100; i++) {
            scheduler.step(Duration.ofMillis(500));
            run(Duration.ofSeconds(1));
        }
        assertEquals(0, told);
    }

    @Test
    void nobodyLooksAfterItWasClosed() {
        watch.close();
        run(Duration.ofSeconds(1));
        scheduler.step(Duration.ofHours(2));
        assertEquals(0, scheduler.run(scheduler.instant().plusSeconds(60), Long.MAX_VALUE));
    }
}

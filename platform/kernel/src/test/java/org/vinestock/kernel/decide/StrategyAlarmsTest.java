package org.vinestock.kernel.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.alarm.Alarm;
import org.vinestock.kernel.decide.Toy.ToyStrategy;
import org.vinestock.kernel.strategies.StrategyState;

/** What stands in {@code alarm:list} about strategies, and when it ends. */
class StrategyAlarmsTest {
    private final ToySite site = ToySite.withBuiltIns(1);

    private StrategyRef active(String name, ToyStrategy strategy) {
        StrategyRef ref = site.vendor(name, "1.0", strategy);
        site.promote(name + "@1.0");
        return ref;
    }

    private List<String> kinds() {
        return site.kernel.alarms().list().stream().map(Alarm::kind).toList();
    }

    private void takeAway(StrategyRef ref) {
        site.result(site.kernel.roster().leave(ref));
        site.kernel.roster().takenAway(ref, "its file was taken out");
    }

    @Test
    void saysWhoAnswersAfterTheFileOfTheActiveOneWasTakenAway() {
        takeAway(active("acme", Toy.fitting(false)));
        assertEquals(
                List.of("it was ACTIVE, and its file was taken out; first answers now"),
                site.kernel.alarms().list().stream().map(Alarm::message).toList());
    }

    @Test
    void endsWhatItSaysOfOneThatWasTakenAwayWhenSomebodyDecidesAnew() {
        takeAway(active("acme", Toy.fitting(false)));
        site.promote("last");
        assertEquals(List.of(), kinds());
    }

    @Test
    void endsABreakersAlarmWithTheSeat() {
        StrategyRef ref = active("moody", (ask, context) -> {
            throw new IllegalStateException("no mood");
        });
        for (int i = 0; i < 5; i++) {
            site.result(site.ask(1));
        }
        assertEquals(List.of("breaker-open"), kinds());
        takeAway(ref);
        site.run(Duration.ofSeconds(1));
        assertEquals(List.of("active-removed"), kinds());
    }

    @Test
    void forgetsAStandbyThatWasTakenAwayAndLetsTheBuiltInBeOneAgain() {
        StrategyRef old = active("acme", Toy.fitting(false));
        active("better", Toy.fitting(false));
        assertEquals(StrategyState.STANDBY, site.standing(old).state());
        int before = site.kernel.strategies(old.point()).size();
        takeAway(old);
        assertEquals(List.of(), kinds());
        assertEquals(before - 1, site.kernel.strategies(old.point()).size());
        assertEquals("first", site.kernel.roster().standby(old.point()).ref().name());
    }

    @Test
    void saysOfANewOneThatItArrived() {
        StrategyRef ref = site.vendor("acme", "1.0", Toy.fitting(false));
        assertEquals("arrived", site.standing(ref).because());
    }
}

package org.vinestock.kernel.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.decision.Decision;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.Change;
import org.vinestock.kernel.decide.Toy.Ask;
import org.vinestock.kernel.decide.Toy.Chosen;
import org.vinestock.kernel.decide.Toy.ToyStrategy;
import org.vinestock.kernel.ledger.Figures;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VmId;

/** What a strategy is blamed for, and what it is told to forget. */
class StrategyFairnessTest {
    private final ToySite site = ToySite.withBuiltIns(1);
    private final List<String> forgotten = new ArrayList<>();

    private final class Learning implements ToyStrategy {
        private final String name;

        Learning(String name) {
            this.name = name;
        }

        @Override
        public Answer<Chosen> answer(Ask question, Context context) {
            return Toy.fit(question, context.snapshot(), false);
        }

        @Override
        public void forget(ObjectId subject) {
            forgotten.add(name + " " + subject);
        }
    }

    private void starve(String strategy, Duration delay, int questions) {
        site.starved.put(strategy, delay);
        for (int i = 0; i < questions; i++) {
            site.result(site.ask(1));
            site.run(Duration.ofMillis(50));
        }
        site.starved.clear();
    }

    @Test
    void isNotBlamedForAThreadThatGotNoProcessor() {
        StrategyRef ref = site.vendor("acme", "1.0", Toy.fitting(false));
        site.promote("acme@1.0");
        site.starved.put("acme@1.0", Duration.ofMillis(20));
        Decision<Chosen> decision = site.result(site.ask(1));
        assertEquals("the thread of acme@1.0 got no processor within 5 ms", decision.fallbackBecause());
        site.run(Duration.ofMillis(50));
        starve("acme@1.0", Duration.ofMillis(20), 30);
        Figures figures = site.standing(ref).figures();
        assertEquals(31, figures.starvedCount());
        assertEquals(0, figures.failures());
        assertEquals("CLOSED", site.kernel.roster().breaker(ref));
        assertEquals("acme@1.0", site.result(site.ask(1)).by().shortName());
    }

    @Test
    void isBlamedForAThreadThatItKeepsBusyItself() {
        site.charges.put("slow@1.0", Duration.ofMillis(20));
        StrategyRef ref = site.vendor("slow", "1.0", Toy.fitting(false));
        site.promote("slow@1.0");
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    "slow@1.0 did not answer within 5 ms",
                    site.result(site.ask(1)).fallbackBecause());
            site.run(Duration.ofMillis(50));
        }
        assertEquals("OPEN", site.kernel.roster().breaker(ref));
        assertEquals(0, site.standing(ref).figures().starvedCount());
    }

    @Test
    void isToldOfSubjectsThatHaveLeftWhereverItSits() {
        site.kernel.add(site.point.builtIn("inline", false, new Learning("inline")));
        site.vendor("acme", "1.0", new Learning("acme"));
        site.vendor("shadow", "1.0", new Learning("shadow"));
        site.promote("acme@1.0");
        site.result(site.reserve(1));
        site.result(site.reserve(1));
        site.run(Duration.ofMillis(50));
        assertEquals(List.of(), forgotten);
        site.commit(new Change.Removed(Toy.GUEST, new VmId("vm-1")));
        site.run(Duration.ofMillis(50));
        forgotten.sort(String::compareTo);
        assertEquals(List.of("acme vm-1", "inline vm-1", "shadow vm-1"), forgotten);
        forgotten.clear();
        site.promote("inline");
        site.result(site.reserve(1));
        site.commit(new Change.Removed(Toy.GUEST, new VmId("vm-2")));
        site.run(Duration.ofMillis(50));
        forgotten.sort(String::compareTo);
        assertEquals(List.of("acme vm-2", "inline vm-2", "shadow vm-2"), forgotten);
    }

    @Test
    void isNotToldOfWhatStays() {
        site.vendor("acme", "1.0", new Learning("acme"));
        site.promote("acme@1.0");
        site.result(site.reserve(1));
        site.commit(new Change.Removed(Toy.BOX, new VmId("vm-1")), Toy.box("c", 100));
        site.run(Duration.ofMillis(50));
        assertEquals(List.of(), forgotten);
    }
}

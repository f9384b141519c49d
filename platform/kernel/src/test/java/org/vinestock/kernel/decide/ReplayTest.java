package org.vinestock.kernel.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.decision.Decision;
import org.vinestock.decision.Outcome;
import org.vinestock.kernel.decide.Toy.Ask;
import org.vinestock.kernel.decide.Toy.Became;
import org.vinestock.kernel.decide.Toy.Chosen;
import org.vinestock.kernel.decide.Toy.ToyStrategy;
import org.vinestock.kernel.replay.Replayed;
import org.vinestock.kernel.turn.DecisionLimits;

/** Recorded questions are asked again, on the states and with the seeds of their time. */
class ReplayTest {
    private static final Duration WRITTEN = Duration.ofMillis(300);

    private final PlayedArchives archives = new PlayedArchives();

    /** A site that decided 600 times; its hosts were full in between. */
    private ToySite site() {
        ToySite site = ToySite.kept(1, DecisionLimits.DEFAULTS.ledger(50, 32L << 20), 1, archives);
        site.commit(Toy.box("a", 300), Toy.box("b", 10_000));
        site.addBuiltIns();
        return site;
    }

    private static void decide(ToySite site, int times) {
        for (int i = 0; i < times; i++) {
            Decision<Chosen> decided = site.result(site.reserve(1));
            if (i % 2 == 0) {
                site.kernel.outcome(decided.id(), new Became(i % 4 == 0));
            }
        }
        site.run(WRITTEN);
    }

    private static Replayed replay(ToySite site, String parameters) {
        return (Replayed) site.result(new ReplayCall(site.kernel, site.inventory.head()).begin(parameters));
    }

    @Test
    void aStrategyAgreesWithItselfOnTheStatesOfThatTime() {
        ToySite site = site();
        decide(site, 600);
        Replayed replayed = replay(site, "{\"with\":\"first@1.0\",\"last\":600}");
        assertEquals(600, replayed.asked());
        assertEquals(600, replayed.agree());
        assertEquals(0, replayed.violations() + replayed.failures());
        assertEquals(
                "toy.place first@1.0 replay-1", replayed.point() + " " + replayed.strategy() + " " + replayed.id());
        assertEquals(250, replay(site, "{\"with\":\"first\",\"last\":250}").asked());
    }

    @Test
    void differencesAndViolationsAreNamed() {
        ToySite site = site();
        decide(site, 400);
        site.vendor("onlya", "1", (ask, context) -> Toy.choose("a"));
        ReplayCall call = new ReplayCall(site.kernel, site.inventory.head());
        Replayed replayed = (Replayed) site.result(call.begin("{\"with\":\"onlya@1\",\"last\":200}"));
        assertEquals(100, replayed.agree(), "a had room for 300");
        assertEquals(100, replayed.violations());
        List<String> differences = call.rows("decision.differences");
        assertEquals(100, differences.size());
        assertEquals(
                "Difference[decision=d-301, subject=vm-301, then=b, now=a, why=would break capacity: a has 0 free, needed"
                        + " 1]",
                differences.get(0));
        assertEquals(1, call.rows("decision.replays").size());
        assertTrue(call.progress.contains("200 asked"), call.progress::toString);
    }

    @Test
    void seedsAndOutcomesComeAsTheyCame() {
        ToySite site = site();
        Remembering live = new Remembering();
        site.vendor("remembering", "1", live);
        site.promote("remembering@1");
        decide(site, 100);
        Remembering again = new Remembering();
        site.vendor("remembering", "2", again);
        Replayed replayed = replay(site, "{\"with\":\"remembering@2\",\"last\":100}");
        assertEquals(100, replayed.agree());
        assertTrue(again.seen.size() > 140, "outcomes are missing");
        for (int i = 0; i < again.seen.size(); i++) {
            assertEquals(live.seen.get(i), again.seen.get(i), "call " + i);
        }
    }

    /** Chooses by seed and writes down what it sees. */
    private static final class Remembering implements ToyStrategy {
        private final List<String> seen = new ArrayList<>();

        @Override
        public Answer<Chosen> answer(Ask ask, Context context) {
            seen.add(ask.vm() + " " + context.budget().seed() + " "
                    + context.snapshot().ref() + context.askedAt());
            return context.budget().seed() % 2 == 0 ? Toy.choose("b") : Toy.fit(ask, context.snapshot(), true);
        }

        @Override
        public void observe(Outcome<Became> outcome) {
            seen.add(outcome.decision() + " " + outcome.value());
        }
    }

    @Test
    void aStrategyThatThrowsOnlyFails() {
        ToySite site = site();
        decide(site, 10);
        site.vendor("throwing", "1", (ask, context) -> {
            throw new IllegalStateException("I am bad");
        });
        Replayed replayed = replay(site, "{\"with\":\"throwing@1\",\"last\":10}");
        assertEquals(10, replayed.failures());
        assertEquals(0, replayed.agree());
        assertEquals(10, replayed.asked());
    }

    @Test
    void endsWhenItIsCancelledAndWhenTheStrategyLeaves() {
        ToySite site = site();
        decide(site, 300);
        ReplayCall call = new ReplayCall(site.kernel, site.inventory.head());
        call.cancelled = true;
        assertEquals(
                "cancelled after 0 questions",
                site.failure(call.begin("{\"with\":\"first\"}")).getMessage());
        var leaving = site.vendor("leaving", "1", Toy.fitting(true));
        ReplayCall late = new ReplayCall(site.kernel, site.inventory.head());
        var replay = late.begin("{\"with\":\"leaving@1\",\"last\":300}");
        site.kernel.roster().leave(leaving);
        assertTrue(site.failure(replay).getMessage().startsWith("leaving@1 "));
    }

    @Test
    void saysWhatIsAcceptedAndWhenThereIsNothing() {
        ToySite site = site();
        ReplayCall call = new ReplayCall(site.kernel, site.inventory.head());
        IllegalArgumentException unknown =
                assertThrows(IllegalArgumentException.class, () -> call.begin("{\"with\":\"nobody@1\"}"));
        assertEquals(
                "with: \"nobody@1\" is unknown; accepted: first@1.0, last@1.0, with --point if it is needed",
                unknown.getMessage());
        assertTrue(site.failure(call.begin("{\"with\":\"first\"}"))
                .getMessage()
                .startsWith("no decision of toy.place can be asked again"));
    }
}

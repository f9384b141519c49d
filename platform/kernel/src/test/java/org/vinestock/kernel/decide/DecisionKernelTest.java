package org.vinestock.kernel.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.decision.Decision;
import org.vinestock.decision.DecisionLine;
import org.vinestock.decision.Outcome;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.kernel.decide.Toy.Ask;
import org.vinestock.kernel.decide.Toy.Became;
import org.vinestock.kernel.decide.Toy.Chosen;
import org.vinestock.kernel.turn.Freeze;
import org.vinestock.kernel.turn.Numbers;
import org.vinestock.model.VinestockException;

class DecisionKernelTest {
    @Test
    void answersInlineBeforeAskReturns() {
        ToySite site = ToySite.withBuiltIns(1);
        Decision<Chosen> decision = site.ask(10).getNow(null);
        assertEquals("a", decision.answer().choice().toString());
        assertEquals("first@1.0", decision.by().shortName());
        assertEquals(Decision.NOTHING_RESERVED, decision.reservedAt());
        assertNull(decision.fallbackBecause());
    }

    @Test
    void reservesWhatItDecided() {
        ToySite site = ToySite.withBuiltIns(1);
        for (int i = 0; i < 20; i++) {
            Decision<Chosen> decision = site.result(site.reserve(10));
            assertEquals(i < 10 ? "a" : "b", decision.answer().choice().toString());
            assertEquals(i + 2, decision.reservedAt());
        }
        VinestockException full = site.failure(site.reserve(1));
        assertEquals("NO_VALID_ANSWER", full.code().name());
        assertTrue(full.getMessage().contains("there is no host none"), full.getMessage());
        site.checkInvariants(21);
    }

    @Test
    void letsTheFallbackAnswerWhatAGuardrailRefuses() {
        ToySite site = new ToySite(1);
        site.commit(Toy.box("a", 100), Toy.box("b", 100));
        site.kernel.add(site.point.builtIn("overfills", true, (ask, context) -> Toy.choose("b")));
        for (int i = 0; i < 4; i++) {
            site.result(site.reserve(50));
        }
        List<DecisionLine> lines = site.lines();
        assertEquals(
                "b b a a",
                lines.get(0).choice() + " " + lines.get(1).choice() + " "
                        + lines.get(2).choice() + " " + lines.get(3).choice());
        assertEquals("fallback@1.0", lines.get(2).by().shortName());
        assertEquals(
                "overfills@1.0 broke capacity: b has 0 free, needed 50",
                lines.get(2).fallbackBecause());
        site.checkInvariants(4);
    }

    @Test
    void asksAnewIfTheStateChangedUnderTheAnswer() {
        ToySite site = new ToySite(1);
        site.commit(Toy.box("a", 100), Toy.box("b", 100));
        List<Ask> asked = new ArrayList<>();
        site.kernel.add(site.point.builtIn("raced", true, (ask, context) -> {
            if (asked.isEmpty()) {
                site.commit(Toy.box("b", 0));
            }
            asked.add(ask);
            return Toy.fit(ask, context.snapshot(), false);
        }));
        Decision<Chosen> decision = site.result(site.reserve(50));
        assertEquals(2, asked.size());
        assertEquals("a", decision.answer().choice().toString());
        assertEquals("raced@1.0", decision.by().shortName());
        site.checkInvariants(1);
    }

    @Test
    void commitsAGoodAnswerAlthoughSomethingElseChanged() {
        ToySite site = new ToySite(1);
        site.commit(Toy.box("a", 100), Toy.box("b", 100));
        site.kernel.add(site.point.builtIn("raced", true, (ask, context) -> {
            site.commit(Toy.box("c", 7));
            return Toy.fit(ask, context.snapshot(), true);
        }));
        Decision<Chosen> decision = site.result(site.reserve(50));
        assertEquals(3, decision.reservedAt());
        assertEquals(1, decision.state().revision());
    }

    /** Else one that a later process makes may have the same number. */
    @Test
    void tellsNobodyOfADecisionWhoseNumberMayBeGivenAgain() {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        AtomicLong newest = new AtomicLong();
        ToySite site = ToySite.numbered(1, new Numbers() {
            @Override
            public long next() {
                return newest.incrementAndGet();
            }

            @Override
            public CompletionStage<?> kept() {
                return kept;
            }
        });
        site.commit(Toy.box("a", 100));
        site.addBuiltIns();
        var asked = site.ask(10);
        var refused = site.reserve(1_000);
        site.run(Duration.ofSeconds(5));
        assertFalse(asked.isDone() || refused.isDone());
        assertEquals(List.of(), site.lines());
        kept.complete(null);
        assertEquals("d-1", site.result(asked).id().toString());
        assertEquals("NO_VALID_ANSWER", site.failure(refused).code().name());
        assertEquals(2, site.lines().size());
    }

    @Test
    void losesNoTurnWhenCodeOfThePlatformThrows() {
        ToySite site = ToySite.withBuiltIns(1);
        VinestockException failed = site.failure(site.kernel.reserve(site.point, Toy.ask(1, 1), (chosen, now) -> {
            throw new IllegalStateException("no changes today");
        }));
        assertEquals("DECISION_FAILED", failed.code().name());
        assertTrue(failed.getMessage().contains("no changes today"), failed.getMessage());
        assertEquals("a", site.result(site.ask(1)).answer().choice().toString());
    }

    @Test
    void reservesNothingForAnEmptyChangeSet() {
        ToySite site = ToySite.withBuiltIns(1);
        Decision<Chosen> decision = site.result(site.kernel.reserve(
                site.point,
                Toy.ask(1, 1),
                (chosen, now) -> new ChangeSet(now.ref().revision(), List.of())));
        assertEquals(Decision.NOTHING_RESERVED, decision.reservedAt());
        assertEquals(1, site.inventory.head().ref().revision());
    }

    @Test
    void reservesNothingWhileFrozenUnlessToldTo() {
        ToySite site = ToySite.withBuiltIns(1);
        site.kernel.freeze().set(List.of(Freeze.SITE));
        VinestockException frozen = site.failure(site.reserve(1));
        assertEquals("FROZEN", frozen.code().name());
        assertTrue(
                frozen.getMessage().startsWith("acting is frozen: the whole site; end it with"), frozen.getMessage());
        site.result(site.ask(1));
        Ask ask = Toy.ask(77, 1);
        site.result(site.kernel.reserve(site.point, ask, (chosen, now) -> Toy.take(ask, chosen, now), true));
        site.kernel.freeze().set(List.of("cluster-of-b"));
        assertEquals("a", site.result(site.reserve(1)).answer().choice().toString());
        site.kernel.freeze().set(List.of("cluster-of-a"));
        assertEquals("FROZEN", site.failure(site.reserve(1)).code().name());
        site.kernel.freeze().set(List.of());
        site.result(site.reserve(1));
    }

    @Test
    void tellsStrategiesWhatBecameOfAnAnswer() {
        ToySite site = new ToySite(1);
        site.commit(Toy.box("a", 100));
        List<String> seen = new ArrayList<>();
        site.kernel.add(site.point.builtIn("learns", true, new Learning("active", seen)));
        site.vendor("acme", "1.0", new Learning("shadow", seen));
        Decision<Chosen> decision = site.result(site.ask(1));
        site.kernel.outcome(decision.id(), new Became(true));
        site.lines();
        assertEquals(
                List.of("active d-1 vm-1 true", "shadow d-1 vm-1 true"),
                seen.stream().sorted().toList());
    }

    private record Learning(String name, List<String> seen) implements Toy.ToyStrategy {
        @Override
        public Answer<Chosen> answer(Ask question, Context context) {
            return Toy.fit(question, context.snapshot(), true);
        }

        @Override
        public void observe(Outcome<Became> outcome) {
            seen.add(name + " " + outcome.decision() + " " + outcome.subject() + " "
                    + outcome.value().good());
        }
    }

    @Test
    void saysWhenNobodyIsThere() {
        ToySite site = ToySite.withBuiltIns(1);
        site.kernel.remove(site.point);
        VinestockException absent = site.failure(site.ask(1));
        assertEquals("NO_PROVIDER", absent.code().name());
        site.kernel.add(site.point);
        assertEquals("first@1.0", site.result(site.ask(1)).by().shortName());
    }

    @Test
    void answersThroughTheFallbackWhereNoStrategyIsActive() {
        ToySite site = new ToySite(1);
        site.commit(Toy.box("a", 100));
        Decision<Chosen> decision = site.result(site.ask(1));
        assertEquals("fallback@1.0", decision.by().shortName());
        assertEquals("no strategy is ACTIVE", decision.fallbackBecause());
    }
}

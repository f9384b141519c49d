package org.vinestock.kernel.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Decision;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.alarm.Alarm;
import org.vinestock.kernel.decide.Toy.Chosen;
import org.vinestock.kernel.decide.Toy.ToyStrategy;
import org.vinestock.kernel.strategies.Standing;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.strategies.StrategyState;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.model.VinestockException;

/** A vendor's strategies, well and badly behaved, in simulated time. */
class VendorStrategyTest {
    private final ToySite site = ToySite.withBuiltIns(1);

    private StrategyRef active(String name, ToyStrategy strategy) {
        StrategyRef ref = site.vendor(name, "1.0", strategy);
        site.run(Duration.ofMillis(1));
        site.promote(name + "@1.0");
        return ref;
    }

    @Test
    void comesAsAShadowAndIsComparedWithTheActive() {
        StrategyRef same = site.vendor("same", "1.0", Toy.fitting(true));
        StrategyRef other = site.vendor("other", "1.0", Toy.fitting(false));
        StrategyRef wrong = site.vendor("wrong", "1.0", (ask, context) -> Toy.choose("none"));
        for (int i = 0; i < 10; i++) {
            assertEquals("a", site.result(site.ask(10)).answer().choice().toString());
        }
        site.lines();
        assertEquals(StrategyState.SHADOW, site.state(same));
        assertEquals(10, site.standing(same).figures().agreed());
        assertEquals(0, site.standing(other).figures().agreed());
        assertEquals(0, site.standing(other).figures().violations());
        assertEquals(10, site.standing(wrong).figures().violations());
        assertEquals(0, site.standing(wrong).figures().calls());
    }

    @Test
    void decidesAfterPromotionWhileTheFormerStaysWarm() {
        site.vendor("acme", "1.0", Toy.fitting(false));
        assertEquals("ACTIVE, first stays warm, 0 calls lost", site.promote("acme@1.0"));
        Decision<Chosen> decision = site.result(site.reserve(10));
        assertEquals(
                "acme@1.0 b",
                decision.by().shortName() + " " + decision.answer().choice());
        assertNull(decision.fallbackBecause());
        assertEquals("first is ACTIVE again, acme@1.0 is SHADOW, 0 calls lost", site.rollback());
        assertEquals("first@1.0", site.result(site.reserve(10)).by().shortName());
    }

    @Test
    void cannotOverfill() {
        StrategyRef ref = active("overfills", (ask, context) -> Toy.choose("a"));
        for (int i = 0; i < 20; i++) {
            site.result(site.reserve(10));
        }
        site.checkInvariants(20);
        assertEquals(10, site.standing(ref).figures().calls());
        assertEquals(5, site.standing(ref).figures().failures());
        assertEquals("OPEN", site.kernel.roster().breaker(ref));
    }

    @Test
    void isLeftOutAfterFailuresAndTriedAgain() {
        List<String> answers = new ArrayList<>(List.of("throw"));
        StrategyRef ref = active("moody", (ask, context) -> {
            if (answers.get(0).equals("throw")) {
                throw new IllegalStateException("no mood");
            }
            return Toy.fit(ask, context.snapshot(), false);
        });
        for (int i = 0; i < 5; i++) {
            assertEquals("fallback@1.0", site.result(site.ask(1)).by().shortName());
        }
        Alarm alarm = site.kernel.alarms().list().get(0);
        assertEquals("breaker-open", alarm.kind());
        assertTrue(
                alarm.message().startsWith("moody@1.0 threw java.lang.IllegalStateException: no mood at "),
                alarm.message());
        String because = site.result(site.ask(1)).fallbackBecause();
        assertTrue(because.startsWith("the breaker of moody@1.0 is open; moody@1.0 threw"), because);
        site.run(Duration.ofSeconds(10));
        assertTrue(site.result(site.ask(1)).fallbackBecause().startsWith("moody@1.0 threw"), "one on trial");
        assertTrue(site.result(site.ask(1)).fallbackBecause().startsWith("the breaker"), "and open again");
        answers.set(0, "answer");
        site.run(Duration.ofSeconds(10));
        assertEquals("moody@1.0", site.result(site.ask(1)).by().shortName());
        assertEquals("moody@1.0", site.result(site.ask(1)).by().shortName());
        assertEquals(List.of(), site.kernel.alarms().list());
        assertEquals(StrategyState.ACTIVE, site.state(ref));
    }

    @Test
    void isLateAndTheFallbackAnswersWithinTheDeadline() {
        site.charges.put("slow@1.0", Duration.ofMillis(20));
        StrategyRef ref = active("slow", Toy.fitting(false));
        long before = site.scheduler.nanoTime();
        CompletableFuture<Decision<Chosen>> asked = site.reserve(10);
        Decision<Chosen> decision = site.result(asked);
        long took = site.scheduler.nanoTime() - before;
        assertTrue(took <= 8_000_000, took + " ns");
        assertEquals("slow@1.0 did not answer within 5 ms", decision.fallbackBecause());
        String busy = site.result(site.reserve(10)).fallbackBecause();
        assertEquals("slow@1.0 has not returned from an earlier question", busy);
        site.run(Duration.ofMillis(20));
        assertEquals(1, site.standing(ref).figures().returnedLateCount());
        assertEquals(1, site.standing(ref).figures().failures());
        site.checkInvariants(2);
    }

    @Test
    void isQuarantinedWhenItNeverReturns() {
        site.charges.put("stuck@1.0", Duration.ofDays(1));
        StrategyRef ref = active("stuck", Toy.fitting(false));
        for (int i = 0; i < 100; i++) {
            Decision<Chosen> decision = site.result(site.reserve(1));
            assertEquals("fallback@1.0", decision.by().shortName());
        }
        site.run(Duration.ofSeconds(6));
        assertEquals(StrategyState.QUARANTINED, site.state(ref));
        assertEquals("first@1.0", site.result(site.reserve(1)).by().shortName());
        Alarm alarm = site.kernel.alarms().list().get(0);
        assertEquals("quarantined", alarm.kind());
        assertTrue(alarm.message().startsWith("stuck@1.0 has not returned for 50"), alarm.message());
        assertTrue(
                site.standing(ref).stuck().startsWith("thread stuck@1.0"),
                site.standing(ref).stuck());
        VinestockException refused = assertThrows(VinestockException.class, () -> site.promote("stuck@1.0"));
        assertTrue(
                refused.getMessage()
                        .startsWith("stuck@1.0 is QUARANTINED and cannot be promoted: stuck@1.0 has not returned"),
                refused.getMessage());
        site.checkInvariants(101);
    }

    @Test
    void isQuarantinedAlsoWhenItHangsAsAShadow() {
        site.charges.put("stuck@1.0", Duration.ofDays(1));
        StrategyRef ref = site.vendor("stuck", "1.0", Toy.fitting(true));
        site.result(site.ask(1));
        site.run(Duration.ofSeconds(6));
        assertEquals(StrategyState.QUARANTINED, site.state(ref));
    }

    @Test
    void isRolledBackWhileItHangs() {
        site.charges.put("stuck@1.0", Duration.ofDays(1));
        active("stuck", Toy.fitting(false));
        CompletableFuture<Decision<Chosen>> hanging = site.reserve(1);
        site.run(Duration.ofMillis(1));
        assertFalse(hanging.isDone());
        CompletableFuture<String> rolledBack =
                site.kernel.roster().rollback(site.point.name(), "test").toCompletableFuture();
        CompletableFuture<Decision<Chosen>> next = site.reserve(1);
        site.run(Duration.ofNanos(1));
        assertEquals("first@1.0", hanging.getNow(null).by().shortName());
        assertEquals("first@1.0", next.getNow(null).by().shortName());
        assertEquals("first is ACTIVE again, stuck@1.0 is SHADOW, 0 calls lost", rolledBack.getNow(null));
        site.checkInvariants(2);
    }

    @Test
    void cannotGiveAnAnswerThatIsNone() {
        expectFallback((ask, context) -> null, "odd@1.0 answered null");
        expectFallback((ask, context) -> new Answer<>(null, "because"), "odd@1.0 chose null");
        expectFallback(
                (ask, context) -> new Answer<>(new Chosen(null), null), "odd@1.0 gave no reason: because is null");
        expectFallback(
                (ask, context) -> wrongClass(),
                "odd@1.0 chose a java.lang.String instead of a " + Chosen.class.getName());
        expectFallback(
                (ask, context) -> {
                    throw new NoClassDefFoundError("com/acme/Gone");
                },
                "odd@1.0 threw java.lang.NoClassDefFoundError: com/acme/Gone");
        expectFallback((ask, context) -> endless(ask), "odd@1.0 threw java.lang.StackOverflowError");
        expectFallback(
                (ask, context) -> {
                    throw new Unspeakable();
                },
                "odd@1.0 threw " + Unspeakable.class.getName());
        expectFallback((ask, context) -> Toy.choose("none"), "odd@1.0 broke exists: there is no host none");
    }

    private static void expectFallback(ToyStrategy strategy, String because) {
        ToySite site = ToySite.withBuiltIns(1);
        site.vendor("odd", "1.0", strategy);
        site.promote("odd@1.0");
        Decision<Chosen> decision = site.result(site.reserve(1));
        assertEquals("fallback@1.0", decision.by().shortName());
        assertTrue(decision.fallbackBecause().startsWith(because), decision.fallbackBecause());
    }

    @SuppressWarnings("unchecked")
    private static Answer<Chosen> wrongClass() {
        return (Answer<Chosen>) (Answer<?>) new Answer<>("a text", "because");
    }

    private static Answer<Chosen> endless(Toy.Ask ask) {
        return ask.size() < 0 ? Toy.choose("a") : endless(new Toy.Ask(ask.vm(), ask.size() + 1));
    }

    private static final class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("not even a message");
        }
    }

    @Test
    void delaysNobodyAsAShadow() {
        site.charges.put("shadow@1.0", Duration.ofSeconds(1));
        StrategyRef ref = site.vendor("shadow", "1.0", Toy.fitting(true));
        long before = site.scheduler.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            assertTrue(site.ask(1).isDone());
        }
        assertEquals(before, site.scheduler.nanoTime());
        site.run(Duration.ofSeconds(4));
        long asked = site.standing(ref).figures().shadowed();
        long dropped = site.standing(ref).figures().shadowsDropped();
        assertTrue(asked >= 3 && asked <= 5, asked + " asked");
        assertEquals(1_000 - DecisionLimits.DEFAULTS.shadowQueue(), dropped + 0);
    }

    @Test
    void isReplacedByTheStandbyWhileItIsAbsent() {
        StrategyRef ref = active("acme", Toy.fitting(false));
        site.result(site.kernel.roster().leave(ref));
        assertEquals(StrategyState.ABSENT, site.state(ref));
        Decision<Chosen> decision = site.result(site.reserve(1));
        assertEquals("first@1.0", decision.by().shortName());
        assertEquals("acme@1.0 is ABSENT", decision.fallbackBecause());
        assertEquals("no-active", site.kernel.alarms().list().get(0).kind());
        assertThrows(VinestockException.class, () -> site.promote("acme@1.0"));
        site.vendor("acme", "1.0", Toy.fitting(false));
        assertEquals("acme@1.0", site.result(site.reserve(1)).by().shortName());
        assertEquals(List.of(), site.kernel.alarms().list());
    }

    @Test
    void leavesOnlyAfterTheCallInFlight() {
        site.charges.put("acme@1.0", Duration.ofMillis(3));
        StrategyRef ref = active("acme", Toy.fitting(false));
        CompletableFuture<Decision<Chosen>> inFlight = site.reserve(1);
        site.run(Duration.ofMillis(1));
        CompletableFuture<Void> left = site.kernel.roster().leave(ref).toCompletableFuture();
        assertFalse(left.isDone());
        CompletableFuture<Decision<Chosen>> next = site.reserve(1);
        site.run(Duration.ofMillis(1));
        assertFalse(left.isDone());
        site.run(Duration.ofMillis(2));
        assertEquals("acme@1.0", inFlight.getNow(null).by().shortName());
        assertTrue(left.isDone());
        assertEquals("first@1.0", site.result(next).by().shortName());
    }

    @Test
    void isLeftAloneIfItDoesNotReturnWhenItLeaves() {
        site.charges.put("stuck@1.0", Duration.ofDays(1));
        StrategyRef ref = active("stuck", Toy.fitting(false));
        CompletableFuture<Decision<Chosen>> inFlight = site.reserve(1);
        site.run(Duration.ofMillis(1));
        site.result(site.kernel.roster().leave(ref));
        assertEquals("fallback@1.0", site.result(inFlight).by().shortName());
        assertEquals(StrategyState.QUARANTINED, site.state(ref));
    }

    @Test
    void getsItsFormerStateWhenItComesBack() {
        StateLog log = StateLog.memory();
        ToySite before = new ToySite(1, DecisionLimits.DEFAULTS, log);
        before.addBuiltIns();
        StrategyRef one = before.vendor("acme", "1.0", Toy.fitting(false));
        StrategyRef two = before.vendor("acme", "1.1", Toy.fitting(false));
        StrategyRef three = before.vendor("other", "3", Toy.fitting(false));
        before.promote("acme@1.0");
        before.promote("acme@1.1");
        before.result(before.kernel.roster().retire("toy.place", "other@3", "test"));

        ToySite after = new ToySite(2, DecisionLimits.DEFAULTS, log);
        after.commit(Toy.box("a", 100));
        after.addBuiltIns();
        assertEquals(StrategyState.ABSENT, after.state(two));
        assertEquals("acme@1.1 is ABSENT", after.result(after.ask(1)).fallbackBecause());
        after.vendor("acme", "1.0", Toy.fitting(false));
        after.vendor("acme", "1.1", Toy.fitting(false));
        after.vendor("other", "3", Toy.fitting(false));
        assertEquals(StrategyState.STANDBY, after.state(one));
        assertEquals(StrategyState.ACTIVE, after.state(two));
        assertEquals(StrategyState.RETIRED, after.state(three));
        assertEquals("acme@1.1", after.result(after.ask(1)).by().shortName());
    }

    @Test
    void isFollowedByTheStandbyIfItIsHeldBackBeforeThatOneHasComeBack() {
        StateLog log = StateLog.memory();
        ToySite before = new ToySite(1, DecisionLimits.DEFAULTS, log);
        before.addBuiltIns();
        StrategyRef halting = before.vendor("halting", "1.0", Toy.fitting(false));
        before.promote("halting@1.0");

        ToySite after = new ToySite(2, DecisionLimits.DEFAULTS, log);
        after.commit(Toy.box("a", 100));
        after.kernel.roster().holdBack(halting, "the process died twice");
        after.addBuiltIns();
        assertEquals(StrategyState.QUARANTINED, after.state(halting));
        assertEquals(
                "first@1.0",
                after.kernel.active(after.point.name()).orElseThrow().shortName());
        assertNull(after.result(after.ask(1)).fallbackBecause());
    }

    @Test
    void isNamedAsPeopleTypeIt() {
        site.vendor("acme", "1.0", Toy.fitting(false));
        IllegalArgumentException unknown = assertThrows(IllegalArgumentException.class, () -> site.promote("acme@2.0"));
        assertEquals(
                "strategy: \"acme@2.0\" is unknown at toy.place; accepted: first@1.0, last@1.0, acme@1.0",
                unknown.getMessage());
        IllegalArgumentException nowhere = assertThrows(
                IllegalArgumentException.class, () -> site.kernel.roster().rollback("nowhere", "test"));
        assertEquals("point: \"nowhere\" is unknown; accepted: toy.place", nowhere.getMessage());
        VinestockException nothing = assertThrows(VinestockException.class, site::rollback);
        assertEquals("toy.place has no STANDBY to roll back to; promote another strategy", nothing.getMessage());
        site.promote("acme");
        StrategyRef again = new StrategyRef(site.point.name(), "acme", "1.0", "ba9876543210");
        site.kernel.roster().refuse(again, null, "its contract was broken");
        assertEquals(StrategyState.REFUSED, site.state(again));
        assertEquals(
                List.of(Standing.class),
                List.of(site.kernel.roster().find("toy.place", "acme@1.0").getClass()));
    }
}

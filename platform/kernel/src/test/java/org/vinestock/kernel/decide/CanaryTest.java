package org.vinestock.kernel.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.decision.Decision;
import org.vinestock.decision.DecisionId;
import org.vinestock.decision.Outcome;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.Change;
import org.vinestock.kernel.alarm.Alarm;
import org.vinestock.kernel.canary.Share;
import org.vinestock.kernel.canary.Then;
import org.vinestock.kernel.decide.Toy.Ask;
import org.vinestock.kernel.decide.Toy.Became;
import org.vinestock.kernel.decide.Toy.Chosen;
import org.vinestock.kernel.decide.Toy.ToyStrategy;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.strategies.StrategyState;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;

/** A strategy that decides about some of the subjects for a while, in simulated time. */
class CanaryTest {
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final Share TENTH = new Share(1_000, Labels.NONE);
    private static final Share HALF = new Share(5_000, Labels.NONE);
    private static final Share ALL = new Share(Share.ALL, Labels.NONE);

    private final ToySite site = ToySite.withBuiltIns(1);

    private Decision<Chosen> ask(int vm) {
        return site.result(site.kernel.ask(site.point, Toy.ask(vm, 1)));
    }

    private NavigableSet<Integer> decidedBy(StrategyRef canary, int vms) {
        TreeSet<Integer> its = new TreeSet<>();
        for (int vm = 0; vm < vms; vm++) {
            Decision<Chosen> decision = ask(vm);
            assertNull(decision.fallbackBecause());
            if (decision.by().equals(canary)) {
                its.add(vm);
            } else {
                assertEquals("first@1.0", decision.by().shortName());
            }
        }
        return its;
    }

    private String because(StrategyRef ref) {
        return site.standing(ref).because();
    }

    private List<String> alarms(StrategyRef ref) {
        return site.kernel.alarms().list().stream()
                .filter(alarm -> alarm.subject().equals(ref.toString()))
                .map(Alarm::message)
                .toList();
    }

    @Test
    void aShareOfTheSubjectsIsDecidedByItAndAlwaysTheSame() {
        StrategyRef acme = site.vendor("acme", "1.0", Toy.fitting(false));
        assertEquals(
                "CANARY: 10 % for 30 min 0 s, then SHADOW; first decides about the others, 0 calls lost",
                site.tryOut("acme@1.0", TENTH, HALF_AN_HOUR, Then.SHADOW, "fallbacks>2%"));
        assertEquals(StrategyState.CANARY, site.state(acme));
        NavigableSet<Integer> its = decidedBy(acme, 2_000);
        assertTrue(its.size() > 150 && its.size() < 250, its.size() + " of 2000");
        assertEquals(its, decidedBy(acme, 2_000));
        site.rollbackCanary("acme@1.0");
        site.tryOut("acme@1.0", HALF, HALF_AN_HOUR, Then.SHADOW);
        NavigableSet<Integer> more = decidedBy(acme, 2_000);
        assertTrue(more.size() > 900 && more.size() < 1_100, more.size() + " of 2000");
        assertTrue(more.containsAll(its));
    }

    @Test
    void thoseWithALabelAreDecidedByIt() {
        StrategyRef acme = site.vendor("acme", "1.0", Toy.fitting(false));
        site.tryOut("acme@1.0", new Share(Share.ALL, Labels.of("team", "web")), HALF_AN_HOUR, Then.SHADOW);
        TreeSet<Integer> odd = new TreeSet<>();
        for (int i = 1; i < 40; i += 2) {
            odd.add(i);
        }
        assertEquals(odd, decidedBy(acme, 40));
    }

    @Test
    void aBuiltInCanBeTriedToo() {
        site.tryOut("last", HALF, HALF_AN_HOUR, Then.SHADOW);
        StrategyRef last = site.kernel.roster().find("toy.place", "last").ref();
        assertTrue(decidedBy(last, 100).size() > 20);
    }

    @Test
    void oneViolationEndsItAtOnceWithTheNumbers() {
        StrategyRef wrong = site.vendor("wrong", "1.0", (ask, context) -> Toy.choose("none"));
        site.tryOut("wrong@1.0", ALL, HALF_AN_HOUR, Then.PROMOTE, "fallbacks>50%", "violations>0");
        assertEquals("fallback@1.0", ask(1).by().shortName());
        site.run(Duration.ofMillis(20));
        assertEquals(StrategyState.SHADOW, site.state(wrong));
        assertTrue(because(wrong).startsWith("canary ended after "), because(wrong));
        assertTrue(because(wrong).contains(": violations 1 > 0 (1 questions); 1 of 1 questions: "), because(wrong));
        assertEquals(1, alarms(wrong).size());
        assertTrue(
                alarms(wrong).get(0).contains("violations 1 > 0"), alarms(wrong).get(0));
        assertTrue(
                alarms(wrong).get(0).contains("it is SHADOW again, first decides about all"),
                alarms(wrong).get(0));
        assertEquals("first@1.0", ask(1).by().shortName());
        site.tryOut("wrong@1.0", TENTH, HALF_AN_HOUR, Then.SHADOW);
        assertEquals(List.of(), alarms(wrong));
    }

    @Test
    void sharesAreJudgedFromTheSampleOn() {
        StrategyRef unlucky = site.vendor("unlucky", "1.0", (ask, context) -> {
            if (ask.vm().value().endsWith("1")) {
                throw new IllegalStateException("unlucky");
            }
            return Toy.fit(ask, context.snapshot(), true);
        });
        site.tryOut("unlucky@1.0", ALL, HALF_AN_HOUR, Then.SHADOW, "fallbacks>5%");
        for (int vm = 1; vm < 10; vm++) {
            ask(vm);
        }
        site.run(Duration.ofSeconds(1));
        assertEquals(StrategyState.CANARY, site.state(unlucky)); // one of nine, but nine are too few
        ask(10);
        site.run(Duration.ofMillis(20));
        assertEquals(StrategyState.SHADOW, site.state(unlucky));
        assertTrue(because(unlucky).contains("fallbacks 10.0 % > 5 % (1 of 10 questions)"), because(unlucky));
    }

    @Test
    void anOpenBreakerEndsItWhateverItsConditions() {
        StrategyRef thrower = site.vendor("thrower", "1.0", (ask, context) -> {
            throw new IllegalStateException("never");
        });
        site.tryOut("thrower@1.0", ALL, HALF_AN_HOUR, Then.SHADOW);
        for (int vm = 0; vm < 5; vm++) {
            ask(vm);
        }
        site.run(Duration.ofMillis(20));
        assertEquals(StrategyState.SHADOW, site.state(thrower));
        assertTrue(because(thrower).contains("its breaker opened, thrower@1.0 threw"), because(thrower));
    }

    @Test
    void latencyIsComparedWithThatOfTheOthers() {
        site.charges.put("slow@1.0", Duration.ofMillis(2));
        site.charges.put("unlike@1.0", Duration.ofMillis(1));
        StrategyRef slow = site.vendor("slow", "1.0", Toy.fitting(true));
        StrategyRef unlike = site.vendor("unlike", "1.0", Toy.fitting(true));
        site.promote("unlike@1.0");
        site.tryOut("slow@1.0", HALF, HALF_AN_HOUR, Then.SHADOW, "p99>active+150%");
        decideSome(60);
        assertEquals(StrategyState.CANARY, site.state(slow));
        site.rollbackCanary("slow@1.0");
        site.tryOut("slow@1.0", HALF, HALF_AN_HOUR, Then.SHADOW, "p99>active+50%");
        decideSome(60);
        assertEquals(StrategyState.SHADOW, site.state(slow));
        assertTrue(because(slow).matches(".*p99 2 ms > ACTIVE's 1 ms \\+ 50 % .*"), because(slow));
        assertEquals(StrategyState.ACTIVE, site.state(unlike));
    }

    private void decideSome(int vms) {
        for (int vm = 0; vm < vms; vm++) {
            ask(vm);
        }
        site.run(Duration.ofMillis(20));
    }

    @Test
    void refusalsAreComparedWithThoseOfTheOthers() {
        site.commit(Toy.box(Toy.FULL, 1_000));
        StrategyRef shy = site.vendor("shy", "1.0", (ask, context) -> Toy.choose(Toy.FULL));
        site.tryOut("shy@1.0", HALF, HALF_AN_HOUR, Then.SHADOW, "refusals>active+10%");
        decideSome(60);
        assertEquals(StrategyState.SHADOW, site.state(shy));
        assertTrue(because(shy).contains("refusals 100.0 % > ACTIVE's 0.0 % + 10 %"), because(shy));
    }

    @Test
    void itIsToldOutcomesAndEndsByBadOnes() {
        List<String> told = new ArrayList<>();
        StrategyRef acme = site.vendor("acme", "1.0", new Listening(told));
        site.tryOut("acme@1.0", HALF, HALF_AN_HOUR, Then.SHADOW, "bad-outcomes>1");
        List<Decision<Chosen>> its = new ArrayList<>();
        for (int vm = 0; its.size() < 3; vm++) {
            Decision<Chosen> decision = ask(vm);
            if (decision.by().equals(acme)) {
                its.add(decision);
            }
        }
        site.lines();
        site.kernel.outcome(its.get(0).id(), new Became(true));
        site.kernel.outcome(its.get(1).id(), new Became(false));
        site.run(Duration.ofMillis(50));
        assertEquals(List.of("true", "false"), told);
        assertEquals(StrategyState.CANARY, site.state(acme));
        assertEquals(2, site.standing(acme).figures().outcomes());
        assertEquals(1, site.standing(acme).figures().badOutcomes());
        site.kernel.outcome(its.get(2).id(), new Became(false));
        site.run(Duration.ofMillis(50));
        assertEquals(StrategyState.SHADOW, site.state(acme));
        assertTrue(because(acme).contains("bad-outcomes 2 > 1"), because(acme));
    }

    private record Listening(List<String> told) implements ToyStrategy {
        @Override
        public Answer<Chosen> answer(Ask question, Context context) {
            return Toy.fit(question, context.snapshot(), false);
        }

        @Override
        public void observe(Outcome<Became> outcome) {
            told.add(String.valueOf(outcome.value().good()));
        }
    }

    @Test
    void itWatchesAgainWhenItsTimeIsOver() {
        StrategyRef acme = site.vendor("acme", "1.0", Toy.fitting(false));
        site.tryOut("acme@1.0", HALF, HALF_AN_HOUR, Then.SHADOW, "fallbacks>2%");
        decideSome(40);
        site.run(HALF_AN_HOUR.minusSeconds(1));
        assertEquals(StrategyState.CANARY, site.state(acme));
        site.run(Duration.ofSeconds(1));
        assertEquals(StrategyState.SHADOW, site.state(acme));
        assertTrue(
                because(acme)
                        .matches(
                                "canary over: \\d+ of 40 questions: fallbacks 0.0 %, violations 0, .*; the others: .*"),
                because(acme));
        assertEquals(List.of(), alarms(acme));
    }

    @Test
    void itIsPromotedByItselfOnlyIfItWasAskedOftenEnough() {
        StrategyRef acme = site.vendor("acme", "1.0", Toy.fitting(false));
        site.tryOut("acme@1.0", ALL, HALF_AN_HOUR, Then.PROMOTE, "fallbacks>2%");
        decideSome(9);
        site.run(HALF_AN_HOUR);
        assertEquals(StrategyState.SHADOW, site.state(acme));
        assertTrue(because(acme).contains("not promoted, it was asked 9 of the 10 questions"), because(acme));
        assertEquals(1, alarms(acme).size());
        site.tryOut("acme@1.0", ALL, HALF_AN_HOUR, Then.PROMOTE, "fallbacks>2%");
        decideSome(10);
        site.run(HALF_AN_HOUR);
        assertEquals(StrategyState.ACTIVE, site.state(acme));
        assertTrue(because(acme).startsWith("promoted after its canary: 10 of 10 questions"), because(acme));
        assertEquals("first is ACTIVE again, acme@1.0 is SHADOW, 0 calls lost", site.rollback());
    }

    @Test
    void itGoesOnAfterARestartForTheTimeThatIsLeft() {
        StateLog log = StateLog.memory();
        ToySite before = new ToySite(1, DecisionLimits.DEFAULTS, log);
        before.addBuiltIns();
        Share labelled = new Share(Share.ALL, Labels.of("team", "web"));
        before.vendor("acme", "1.0", Toy.fitting(false));
        before.tryOut("acme@1.0", labelled, HALF_AN_HOUR, Then.PROMOTE, "fallbacks>2%", "p99>3ms");

        ToySite after = new ToySite(2, DecisionLimits.DEFAULTS, log, ToySite.START.plus(Duration.ofMinutes(20)));
        after.commit(Toy.box("a", 100), Toy.box("b", 100));
        after.addBuiltIns();
        assertEquals("first@1.0", after.result(after.ask(1)).by().shortName()); // vm-1: acme is not there yet
        StrategyRef acme = after.vendor("acme", "1.0", Toy.fitting(false));
        assertEquals(StrategyState.CANARY, after.state(acme));
        assertEquals("first@1.0", after.result(after.ask(1)).by().shortName()); // vm-2, team db
        assertEquals("acme@1.0", after.result(after.ask(1)).by().shortName());
        assertEquals(
                List.of("fallbacks>2%", "p99>3ms"),
                after.kernel.roster().trial(acme).orElseThrow().abortIf());
        after.run(Duration.ofMinutes(9));
        assertEquals(StrategyState.CANARY, after.state(acme));
        after.run(Duration.ofMinutes(1));
        assertEquals(StrategyState.SHADOW, after.state(acme));
        assertTrue(
                after.standing(acme).because().contains("questions since the restart at "),
                after.standing(acme).because());
    }

    @ParameterizedTest
    @ValueSource(longs = {-400 * 24, -5, 5, 400 * 24})
    void noStepOfTheClockMakesItLongerOrShorterOrBlind(long hours) {
        stepped(hours, false);
    }

    /** Its times are those of the new clock already when the step is seen. */
    @ParameterizedTest
    @ValueSource(longs = {-5, 400 * 24})
    void neitherOneThatBeginsBeforeAStepIsSeen(long hours) {
        stepped(hours, true);
    }

    private void stepped(long hours, boolean again) {
        StateLog log = StateLog.memory();
        ToySite before = new ToySite(1, DecisionLimits.DEFAULTS, log);
        before.commit(Toy.box("a", 100), Toy.box("b", 100));
        before.addBuiltIns();
        StrategyRef acme = before.vendor("acme", "1.0", Toy.fitting(false));
        before.tryOut("acme@1.0", ALL, HALF_AN_HOUR, Then.SHADOW, "bad-outcomes>0");
        before.run(Duration.ofMinutes(10));
        before.scheduler.step(Duration.ofHours(hours));
        if (again) {
            before.tryOut("acme@1.0", ALL, Duration.ofMinutes(20), Then.SHADOW, "bad-outcomes>0");
            before.run(Duration.ofMillis(500));
        }
        before.kernel.roster().clockStepped();
        before.run(Duration.ofMinutes(9));
        assertEquals(StrategyState.CANARY, before.state(acme));
        String lasts = before.kernel.roster().trial(acme).orElseThrow().text(before.scheduler.instant());
        assertTrue(lasts.endsWith(" 10 min 59 s left"), lasts);

        ToySite after = new ToySite(2, DecisionLimits.DEFAULTS, log, before.scheduler.instant());
        after.commit(Toy.box("a", 100), Toy.box("b", 100));
        after.addBuiltIns();
        after.vendor("acme", "1.0", Toy.fitting(false));
        after.run(Duration.ofMinutes(10));
        assertEquals(StrategyState.CANARY, after.state(acme));
        after.run(Duration.ofMinutes(1));
        assertEquals(StrategyState.SHADOW, after.state(acme));

        DecisionId bad = before.result(before.ask(1)).id();
        before.lines();
        before.kernel.outcome(bad, new Became(false));
        before.run(Duration.ofMillis(50));
        assertEquals(StrategyState.SHADOW, before.state(acme));
        assertTrue(
                before.standing(acme).because().startsWith("canary ended after " + (again ? "9 min" : "19 min")),
                before.standing(acme).because());
    }

    @Test
    void peoplePromoteRetireAndEndIt() {
        StrategyRef acme = site.vendor("acme", "1.0", Toy.fitting(false));
        StrategyRef other = site.vendor("other", "1.0", Toy.fitting(false));
        site.tryOut("acme@1.0", HALF, HALF_AN_HOUR, Then.SHADOW);
        VinestockException second =
                assertThrows(VinestockException.class, () -> site.tryOut("other@1.0", HALF, HALF_AN_HOUR, Then.SHADOW));
        assertTrue(second.getMessage().startsWith("acme@1.0 is CANARY at toy.place"), second.getMessage());
        VinestockException active =
                assertThrows(VinestockException.class, () -> site.tryOut("first", HALF, HALF_AN_HOUR, Then.SHADOW));
        assertEquals(
                "first@1.0 is ACTIVE and cannot be a CANARY: it comes with the area; it decides already",
                active.getMessage());
        assertEquals(
                "acme@1.0 is SHADOW again, first decides about all, 0 calls lost", site.rollbackCanary("acme@1.0"));
        assertEquals("acme@1.0 is SHADOW already", site.rollbackCanary("acme@1.0"));
        site.tryOut("other@1.0", HALF, HALF_AN_HOUR, Then.SHADOW);
        assertEquals("ACTIVE, first stays warm, 0 calls lost", site.promote("other@1.0"));
        assertTrue(site.kernel.roster().trial(other).isEmpty());
        site.tryOut("acme@1.0", HALF, HALF_AN_HOUR, Then.SHADOW);
        site.result(site.kernel.roster().retire("toy.place", "acme@1.0", "test"));
        assertEquals(StrategyState.RETIRED, site.state(acme));
        site.run(HALF_AN_HOUR);
        assertEquals(StrategyState.RETIRED, site.state(acme));
        assertEquals(StrategyState.ACTIVE, site.state(other));
    }

    @Test
    void whoIsStandbyAndTriedLeavesThatPlaceToTheBuiltIn() {
        site.vendor("acme", "1.0", Toy.fitting(false));
        StrategyRef next = site.vendor("next", "1.0", Toy.fitting(false));
        site.promote("acme@1.0");
        site.promote("next@1.0");
        site.tryOut("acme@1.0", HALF, HALF_AN_HOUR, Then.SHADOW);
        assertEquals("first", site.kernel.roster().standby("toy.place").ref().name());
        assertEquals(StrategyState.ACTIVE, site.state(next));
    }

    @Test
    void theOthersDecideAboutAllWhenItsJarGoes() {
        StrategyRef acme = site.vendor("acme", "1.0", Toy.fitting(false));
        site.tryOut("acme@1.0", ALL, HALF_AN_HOUR, Then.SHADOW);
        assertEquals("acme@1.0", ask(1).by().shortName());
        site.kernel.roster().leave(acme);
        assertEquals("first@1.0", ask(1).by().shortName());
        site.kernel.roster().takenAway(acme, "its jar was taken away");
        assertTrue(site.kernel.roster().standings("toy.place").stream()
                .noneMatch(standing -> standing.ref().equals(acme)));
        site.run(HALF_AN_HOUR);
    }

    @Test
    void aThreadThatGotNoProcessorIsNotHeldAgainstIt() {
        StrategyRef acme = site.vendor("acme", "1.0", Toy.fitting(false));
        site.result(site.ask(1));
        site.tryOut("acme@1.0", ALL, HALF_AN_HOUR, Then.SHADOW, "fallbacks>0");
        site.starved.put("acme@1.0", Duration.ofMillis(50));
        Decision<Chosen> late = ask(1);
        assertTrue(String.valueOf(late.fallbackBecause()).contains("got no processor"), late.toString());
        site.starved.clear();
        site.run(Duration.ofSeconds(1));
        assertEquals(StrategyState.CANARY, site.state(acme));
        assertTrue(site.kernel.roster().trial(acme).orElseThrow().report().contains("1 starved"));
    }

    @Test
    void aCallThatHangsDoesNotDelayItsEnd() {
        site.charges.put("sleeps@1.0", Duration.ofDays(1));
        site.vendor("sleeps", "1.0", Toy.fitting(false));
        site.run(Duration.ofMillis(1));
        site.tryOut("sleeps@1.0", ALL, HALF_AN_HOUR, Then.SHADOW);
        CompletableFuture<Decision<Chosen>> asked = site.ask(1);
        site.rollbackCanary("sleeps@1.0");
        assertEquals("first@1.0", site.result(asked).by().shortName());
    }

    @Test
    void reservesLikeAnyOther() {
        StrategyRef acme = site.vendor("acme", "1.0", Toy.fitting(false));
        site.tryOut("acme@1.0", HALF, HALF_AN_HOUR, Then.SHADOW);
        int its = 0;
        for (int i = 0; i < 40; i++) {
            its += site.result(site.reserve(1)).by().equals(acme) ? 1 : 0;
        }
        assertTrue(its > 8 && its < 32, its + " of 40");
        site.checkInvariants(40);
        Change.Removed gone = new Change.Removed(Toy.GUEST, new VmId("vm-1"));
        site.commit(gone);
        assertEquals(new HostId("b"), site.inventory.head().hosts().id(1));
    }
}

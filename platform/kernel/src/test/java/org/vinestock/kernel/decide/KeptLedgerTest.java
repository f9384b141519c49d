package org.vinestock.kernel.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.decision.Decision;
import org.vinestock.decision.Outcome;
import org.vinestock.decision.Recalled;
import org.vinestock.kernel.decide.Toy.Ask;
import org.vinestock.kernel.decide.Toy.Became;
import org.vinestock.kernel.decide.Toy.Chosen;
import org.vinestock.kernel.decide.Toy.ToyStrategy;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.model.VmId;
import org.vinestock.view.Page;

/** What earlier processes decided is known to later ones. */
class KeptLedgerTest {
    private static final Duration WRITTEN = Duration.ofMillis(300);

    private final PlayedArchives archives = new PlayedArchives();

    private ToySite site(long firstNumber, int rowsInMemory) {
        ToySite site = ToySite.kept(1, DecisionLimits.DEFAULTS.ledger(rowsInMemory, 32L << 20), firstNumber, archives);
        site.commit(Toy.box("a", 100), Toy.box("b", 100));
        site.addBuiltIns();
        return site;
    }

    private static Page<?> explain(ToySite site, String decision) {
        return site.view("decision.explain", new DecisionViews.OneDecision(decision), "", 100);
    }

    private static List<String> listed(Page<?> page) {
        return page.rows().stream().map(row -> ((DecisionViews.Row) row).id()).toList();
    }

    private static Page<?> list(ToySite site, String subject, String after, int limit) {
        return site.view("decision.list", new DecisionViews.ListQuery(null, subject, false), after, limit);
    }

    @Test
    void explainsADecisionOfAnEarlierProcessInTheSameWords() {
        ToySite first = site(1, 100);
        Decision<Chosen> decided = first.result(first.reserve(10));
        first.kernel.outcome(decided.id(), new Became(true));
        first.run(WRITTEN);
        Page<?> before = explain(first, "d-1");
        assertTrue(before.heading().contains("Outcome: good=yes"), before.heading());

        ToySite second = site(10_001, 100);
        second.commit(Toy.box("c", 100)); // revision 2, as in the first
        assertEquals(before, explain(second, "d-1"));
        assertEquals(before, explain(second, "vm-1"));
        Recalled<Ask, Chosen> recalled = second.result(second.kernel.recall(second.point, new VmId("vm-1")))
                .orElseThrow();
        assertEquals(decided, recalled.decision());
        assertEquals(new Ask(new VmId("vm-1"), 10), recalled.question());
    }

    @Test
    void saysThatItWasDecidedAnewHereAndInALaterProcess() {
        ToySite first = site(1, 100);
        first.result(reserve(first, 7));
        first.result(first.kernel.ask(first.point, Toy.ask(7, 10))); // advice changes nothing
        assertFalse(explain(first, "d-1").heading().contains("Decided anew"));
        first.result(reserve(first, 7));
        String heading = explain(first, "d-1").heading();
        assertTrue(heading.contains("\nDecided anew: d-3 -> a, at "), heading);
        assertFalse(heading.contains("more since"), heading);
        first.run(WRITTEN);

        ToySite second = site(10_001, 100);
        assertEquals(heading, explain(second, "d-1").heading());
        second.result(reserve(second, 7));
        second.result(reserve(second, 8));
        String later = explain(second, "d-1").heading();
        assertTrue(later.contains("\nDecided anew: d-3 -> a, at ") && later.contains(", and 1 more since"), later);
        assertFalse(explain(second, "d-10002").heading().contains("Decided anew"));
    }

    private static CompletionStage<Decision<Chosen>> reserve(ToySite site, int vm) {
        Ask ask = Toy.ask(vm, 10);
        return site.kernel.reserve(site.point, ask, (chosen, now) -> Toy.take(ask, chosen, now));
    }

    @Test
    void addsWhatJoinedAfterADecisionWasWritten() {
        ToySite first = site(1, 100);
        Decision<Chosen> decided = first.result(first.reserve(10));
        first.run(WRITTEN);
        first.kernel.outcome(decided.id(), new Became(false));
        first.run(WRITTEN);
        String heading = explain(site(10_001, 100), "d-1").heading();
        assertTrue(heading.contains("Outcome: good=no"), heading);
    }

    @Test
    void addsShadowsWhetherTheyAnsweredBeforeOrAfterItWasWritten() {
        ToySite first = site(1, 100);
        first.charges.put("slow@1", Duration.ofSeconds(1));
        first.vendor("slow", "1", Toy.fitting(false));
        first.vendor("quick", "1", Toy.fitting(false));
        first.run(Duration.ofMillis(10));
        first.result(first.reserve(10));
        first.run(Duration.ofSeconds(2));
        String before = explain(first, "d-1").heading();
        assertTrue(before.contains("Shadow slow@1: b in 1.0 s") && before.contains("Shadow quick@1: b in"), before);
        assertEquals(before, explain(site(10_001, 100), "d-1").heading());
    }

    @Test
    void listsDecisionsOfAllProcessesNewestFirst() {
        ToySite first = site(1, 3);
        for (int i = 0; i < 7; i++) {
            first.result(first.ask(1));
        }
        first.run(WRITTEN);
        assertEquals(List.of("d-7", "d-6", "d-5", "d-4"), listed(list(first, null, "", 4)));
        ToySite second = site(101, 100);
        second.result(second.ask(1));
        second.result(second.ask(1));
        second.run(WRITTEN);
        Page<?> newest = list(second, null, "", 4);
        assertEquals(List.of("d-102", "d-101", "d-7", "d-6"), listed(newest));
        Page<?> older = list(second, null, String.valueOf(newest.next()), 100);
        assertEquals(List.of("d-5", "d-4", "d-3", "d-2", "d-1"), listed(older));
        assertEquals(null, older.next());
        assertEquals(List.of("d-101", "d-1"), listed(list(second, "vm-1", "", 10)));
    }

    @Test
    void showsWhatIsKnownOfADecisionWhoseAreaIsGone() {
        ToySite first = site(1, 100);
        first.result(first.reserve(10));
        first.run(WRITTEN);
        ToySite second = site(101, 100);
        second.kernel.remove(second.point);
        second.run(WRITTEN);
        Page<?> page = explain(second, "vm-1");
        assertTrue(page.heading().startsWith("d-1 toy.place vm-1 -> {\"host\":\"a\"}, by first@1.0"), page.heading());
        assertTrue(page.heading().contains("toy.place: no provider of its area is installed"), page.heading());
        assertEquals(List.of("d-1"), listed(list(second, null, "", 10)));
    }

    @Test
    void saysWhyANumberIsMissing() {
        ToySite first = site(1, 100);
        for (int i = 0; i < 3; i++) {
            first.result(first.ask(1));
        }
        first.run(WRITTEN);
        archives.forget(1);
        ToySite second = site(101, 100);
        second.result(second.ask(1));
        second.run(WRITTEN);
        String accepted = "; accepted: d-2 to d-101, or an object that one of these was about";
        assertEquals("decision: d-1 is no longer kept, or never was" + accepted, missing(second, "d-1"));
        assertEquals("decision: d-102 is not there yet" + accepted, missing(second, "102"));
        String gap = missing(second, "d-50");
        assertTrue(gap.startsWith("decision: d-50 is missing: nothing is recorded between d-3 of 2026-"), gap);
        assertTrue(gap.contains("A process that ended leaves such a gap"), gap);
        assertEquals("decision: nothing is known about \"vm-99\"" + accepted, missing(second, "vm-99"));
    }

    private static String missing(ToySite site, String decision) {
        CompletionException missing = assertThrows(CompletionException.class, () -> explain(site, decision));
        return String.valueOf(missing.getCause().getMessage());
    }

    @Test
    void decidesWithoutTheLedgersDatabaseAndRaisesAnAlarm() {
        ToySite site = site(1, 100);
        archives.trouble("no space left on device");
        site.result(site.reserve(10));
        site.run(WRITTEN);
        assertEquals(1, site.kernel.alarms().list().size());
        assertTrue(site.kernel.alarms().list().get(0).message().contains("no space left on device"));
        LedgerFacts.Row facts = (LedgerFacts.Row) site.view("decision.ledger", new DecisionViews.Nothing(), "", 1)
                .rows()
                .get(0);
        assertEquals("no space left on device", facts.trouble());
        assertTrue(explain(site, "d-1").heading().startsWith("d-1 toy.place vm-1 -> a"));
        archives.trouble("");
        site.run(WRITTEN);
        assertEquals(List.of(), site.kernel.alarms().list());
    }

    @Test
    void tellsStrategiesWhatBecameOfAnEarlierProcessesDecision() {
        ToySite first = site(1, 100);
        Decision<Chosen> decided = first.result(first.reserve(10));
        first.run(WRITTEN);
        ToySite second = site(101, 100);
        Listening strategy = new Listening();
        second.vendor("listening", "1", strategy);
        second.run(WRITTEN);
        second.kernel.outcome(decided.id(), new Became(true));
        second.run(WRITTEN);
        assertEquals(List.of("d-1 vm-1 Became[good=true]"), strategy.heard);
        assertTrue(explain(second, "d-1").heading().contains("Outcome: good=yes"));
    }

    private static final class Listening implements ToyStrategy {
        private final List<String> heard = new ArrayList<>();

        @Override
        public Answer<Chosen> answer(Ask ask, Context context) {
            return Toy.fit(ask, context.snapshot(), true);
        }

        @Override
        public void observe(Outcome<Became> outcome) {
            heard.add(outcome.decision() + " " + outcome.subject().value() + " " + outcome.value());
        }
    }
}

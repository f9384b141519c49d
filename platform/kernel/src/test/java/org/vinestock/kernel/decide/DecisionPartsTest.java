package org.vinestock.kernel.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.vinestock.decision.Alternative;
import org.vinestock.decision.Answer;
import org.vinestock.decision.DecisionId;
import org.vinestock.decision.Tally;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.alarm.Alarm;
import org.vinestock.kernel.canary.Then;
import org.vinestock.kernel.decide.Explain.Verdict;
import org.vinestock.kernel.decide.Toy.Became;
import org.vinestock.kernel.decide.Toy.Chosen;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.strategies.StrategyState;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.kernel.turn.Freeze;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.Lease;
import org.vinestock.model.ObjectId;
import org.vinestock.operation.Operation;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** Operations and views, called the way the surfaces and the tasks call them. */
class DecisionPartsTest {
    private final ToySite site = ToySite.withBuiltIns(1);

    private <P extends Record, R extends Record> Page<R> read(Class<R> rows, P parameters, String name, int limit) {
        return read(rows, parameters, name, new PageRequest("", limit));
    }

    @SuppressWarnings("unchecked")
    private <P extends Record, R extends Record> Page<R> read(
            Class<R> rows, P parameters, String name, PageRequest page) {
        View<P, R> view = (View<P, R>) site.kernel.parts(List::of).views().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertEquals(rows, view.rowType());
        Page<R> read = site.result(view.read(parameters, site.inventory.head(), page));
        new JsonCodec().write(read);
        return read;
    }

    @SuppressWarnings("unchecked")
    private <P extends Record> String run(ToySite where, String name, P parameters) {
        Operation<P, ?> operation = (Operation<P, ?>) where.kernel.parts(List::of).operations().stream()
                .filter(each -> each.type().name().equals(name))
                .findFirst()
                .orElseThrow();
        Plan plan = operation.plan(parameters, new Now(where));
        StepHandler<Record> step = (StepHandler<Record>) where.kernel.parts(List::of).steps().stream()
                .filter(each -> each.kind().equals(plan.steps().get(0).kind()))
                .findFirst()
                .orElseThrow();
        Record arguments = plan.steps().get(0).arguments();
        assertEquals(StepState.NOT_BEGUN, where.result(step.probe(arguments, new Now(where))));
        where.result(step.preview(arguments, new Now(where)));
        where.result(step.apply(arguments, new Now(where)));
        assertEquals(StepState.DONE, where.result(step.probe(arguments, new Now(where))));
        return new JsonCodec().write(operation.result(parameters, plan, where.inventory.head()));
    }

    private record Now(ToySite site) implements Planning, StepContext {
        @Override
        public Snapshot snapshot() {
            return site.inventory.head();
        }

        @Override
        public String newId(String kind) {
            throw new IllegalStateException();
        }

        @Override
        public Lease lease(ObjectId claim) {
            throw new IllegalStateException();
        }

        @Override
        public void progress(double share, String text) {}

        @Override
        public boolean cancelled() {
            return false;
        }

        @Override
        public String by() {
            return "ann";
        }
    }

    @Test
    void explainsCandidateByCandidate() {
        site.commit(Toy.box("c", 5), Toy.box("d", 100));
        site.vendor(
                "acme",
                "1.0",
                (ask, context) -> new Answer<>(
                        new Chosen(new HostId("b")),
                        "the emptiest",
                        List.of(new Alternative<>(new Chosen(new HostId("a")), 0.25)),
                        List.of(new Tally("full", 1))));
        site.vendor("shady", "2", (ask, context) -> Toy.choose("c"));
        site.promote("acme@1.0");
        site.result(site.reserve(10));
        site.kernel.outcome(new DecisionId(1), new Became(true));
        site.lines();
        site.commit(Toy.box("a", 1));

        Page<Explain.Row> page =
                read(Explain.Row.class, new DecisionViews.OneDecision("vm-1"), "decision.explain", 100);
        assertEquals(
                List.of(
                        new Explain.Row("b", Verdict.CHOSEN, "", "the emptiest"),
                        new Explain.Row("a", Verdict.ALTERNATIVE, "first@1.0", "score 0.2500"),
                        new Explain.Row("d", Verdict.POSSIBLE, "last@1.0", ""),
                        new Explain.Row("c", Verdict.RULED_OUT, "shady@2", "capacity: c has 5 free, needed 10")),
                page.rows());
        String heading = page.heading();
        assertTrue(heading.startsWith("d-1 toy.place vm-1 -> b, by acme@1.0, 0 s, at 2026"), heading);
        assertTrue(
                heading.contains("on revision 2, reserved in 3\nBecause: the emptiest\nIt says: 1 by full"), heading);
        assertTrue(
                heading.contains("\nShadow shady@2: c in 0 s: because; would break capacity: c has 5 free, needed 10"),
                heading);
        assertTrue(heading.endsWith("\nOutcome: good=yes"), heading);
        assertEquals(
                page.rows(),
                read(Explain.Row.class, new DecisionViews.OneDecision("d-1"), "decision.explain", 100)
                        .rows());
    }

    @Test
    void explainsWhatItStillCanWhenTheStateIsNoLongerKept() {
        site.result(site.ask(1));
        for (int i = 0; i < 20_000; i++) {
            site.commit(Toy.box("z", i));
        }
        Page<Explain.Row> page = read(Explain.Row.class, new DecisionViews.OneDecision("1"), "decision.explain", 100);
        assertTrue(page.heading().contains("The other candidates cannot be looked at any more: "), page.heading());
        assertEquals(Verdict.CHOSEN, page.rows().get(0).verdict());
    }

    @Test
    void saysWhatCanBeExplained() {
        site.result(site.ask(1));
        IllegalArgumentException unknown = assertThrows(IllegalArgumentException.class, () -> {
            try {
                read(Explain.Row.class, new DecisionViews.OneDecision("d-9"), "decision.explain", 1);
            } catch (CompletionException e) {
                throw e.getCause();
            }
        });
        assertEquals(
                "decision: d-9 is not there yet; accepted: d-1 to d-1, or an object that one of these was about",
                unknown.getMessage());
    }

    @Test
    void listsDecisionsNewestFirstPageByPage() {
        for (int i = 0; i < 25; i++) {
            site.result(site.ask(1));
        }
        DecisionViews.ListQuery all = new DecisionViews.ListQuery(null, null, false);
        Page<DecisionViews.Row> page = read(DecisionViews.Row.class, all, "decision.list", 10);
        assertEquals("d-25", page.rows().get(0).id());
        assertEquals("d-16", page.next());
        page = read(DecisionViews.Row.class, all, "decision.list", new PageRequest("d-16", 15));
        assertEquals("d-15", page.rows().get(0).id());
        assertEquals("d-1", page.rows().get(14).id());
        assertEquals(null, page.next());
        page = read(
                DecisionViews.Row.class, new DecisionViews.ListQuery("toy.place", "vm-7", false), "decision.list", 9);
        assertEquals("d-7", page.rows().get(0).id());
        assertEquals(1, page.rows().size());
        page = read(DecisionViews.Row.class, new DecisionViews.ListQuery(null, null, true), "decision.list", 9);
        assertEquals(List.of(), page.rows());
    }

    @Test
    void showsStrategiesAndChangesThem() {
        site.vendor("acme", "1.0", Toy.fitting(false));
        for (int i = 0; i < 4; i++) {
            site.result(site.ask(1));
        }
        site.lines();
        StrategyOperations.OneStrategy acme = new StrategyOperations.OneStrategy("toy.place", "acme@1.0");
        assertEquals("{\"message\":\"ACTIVE, first stays warm, 0 calls lost\"}", run(site, "strategy.promote", acme));
        List<StrategyViews.Row> rows = read(
                        StrategyViews.Row.class, new StrategyViews.ListQuery(null), "strategy.list", 100)
                .rows();
        assertEquals(3, rows.size());
        assertEquals("acme@1.0", rows.get(2).strategy());
        assertEquals(StrategyState.ACTIVE, rows.get(2).state());
        assertEquals("0.0 % of 4", rows.get(2).agreement());
        assertEquals("promoted by ann", rows.get(2).because());
        assertEquals(
                List.of(new DecisionViews.Point("toy.place", "acme@1.0", "first@1.0", 3)),
                read(DecisionViews.Point.class, new DecisionViews.Nothing(), "decision.points", 9)
                        .rows());
        assertEquals(
                "{\"message\":\"first is ACTIVE again, acme@1.0 is SHADOW, 0 calls lost\"}",
                run(site, "strategy.rollback", new StrategyOperations.OnePoint("toy.place")));
        assertEquals("{\"message\":\"RETIRED, 0 calls lost\"}", run(site, "strategy.retire", acme));
        StrategyViews.Info info = read(
                        StrategyViews.Info.class,
                        new StrategyViews.OneStrategy("toy.place", "acme@1.0"),
                        "strategy.info",
                        1)
                .rows()
                .get(0);
        assertEquals(4, info.shadowed());
        assertEquals("RETIRED", info.state().name());
    }

    @Test
    void triesAStrategyAndEndsThatByARollback() {
        site.vendor("acme", "1.0", Toy.fitting(false));
        CanaryOperation.Wanted wanted = canary("25%", Labels.NONE, Duration.ofMinutes(5), "fallbacks>2%");
        assertEquals(
                "{\"message\":\"CANARY: 25 % for 5 min 0 s, then SHADOW; first decides about the others, 0 calls lost\"}",
                run(site, "strategy.canary", wanted));
        StrategyViews.Row row = read(StrategyViews.Row.class, new StrategyViews.ListQuery(null), "strategy.list", 100)
                .rows()
                .get(2);
        assertEquals(StrategyState.CANARY, row.state());
        assertTrue(row.canary().startsWith("25 % for 5 min 0 s, then SHADOW, 4 min 59 s left"), row.canary());
        for (int i = 0; i < 20; i++) {
            site.result(site.ask(1));
        }
        StrategyViews.Info info = read(
                        StrategyViews.Info.class,
                        new StrategyViews.OneStrategy("toy.place", "acme@1.0"),
                        "strategy.info",
                        1)
                .rows()
                .get(0);
        assertEquals(List.of("fallbacks>2%"), info.abortIf());
        assertTrue(info.canaryFigures().matches("\\d+ of 20 questions: .*"), info.canaryFigures());
        assertEquals(
                "{\"message\":\"acme@1.0 is SHADOW again, first decides about all, 0 calls lost\"}",
                run(site, "strategy.rollback", new StrategyOperations.OnePoint("toy.place")));
    }

    private static CanaryOperation.Wanted canary(String share, Labels selector, Duration lasts, String... abortIf) {
        return new CanaryOperation.Wanted(
                "toy.place", "acme@1.0", share, selector, lasts, List.of(abortIf), Then.SHADOW, 30);
    }

    @Test
    void saysWhatACanaryWants() {
        site.vendor("acme", "1.0", Toy.fitting(false));
        Duration minute = Duration.ofMinutes(1);
        refused("share: it says about whom", canary(null, Labels.NONE, minute));
        refused("share: \"120%\"; accepted: 0.01% to 100%", canary("120%", Labels.NONE, minute));
        refused("for: PT0S; accepted: 1s to 30d", canary("1%", Labels.NONE, Duration.ZERO));
        refused("abort-if: \"often\"; accepted: one of fallbacks", canary("1%", Labels.NONE, minute, "often"));
        CanaryOperation.Wanted labelled = canary(null, Labels.of("team", "web"), minute);
        assertEquals(
                "all of those with team=web for 1 min 0 s, then SHADOW",
                labelled.terms(ToySite.START).text());
        assertEquals(
                "[violations>0, fallbacks>5%]",
                labelled.terms(ToySite.START).abortIf().toString());
        String json = new JsonCodec().write(labelled);
        assertTrue(json.contains("\"for\":\"1m\""), json);
        assertEquals(labelled, new JsonCodec().read(json, CanaryOperation.Wanted.class));
    }

    private static void refused(String message, CanaryOperation.Wanted wanted) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> wanted.terms(ToySite.START));
        assertTrue(refused.getMessage().startsWith(message), refused.getMessage());
    }

    @Test
    void freezesAcrossRestarts() {
        StateLog log = StateLog.memory();
        ToySite before = new ToySite(1, DecisionLimits.DEFAULTS, log);
        assertEquals(
                "{\"message\":\"frozen: web\"}", run(before, "platform.freeze", new FreezeOperations.Where("web")));
        assertEquals(
                "{\"message\":\"frozen: the whole site\"}",
                run(before, "platform.freeze", new FreezeOperations.Where(null)));
        ToySite after = new ToySite(1, DecisionLimits.DEFAULTS, log);
        assertEquals(
                List.of(Freeze.SITE, "web"), List.copyOf(after.kernel.freeze().frozen()));
        assertEquals(List.of("cluster web", "the whole site"), frozen(after));
        assertEquals(
                "{\"message\":\"frozen: web\"}", run(after, "platform.unfreeze", new FreezeOperations.Where(null)));
        assertEquals(List.of("cluster web"), frozen(after));
        ToySite later = new ToySite(1, DecisionLimits.DEFAULTS, log);
        assertEquals(List.of("web"), List.copyOf(later.kernel.freeze().frozen()));
    }

    private static List<String> frozen(ToySite site) {
        return site.kernel.alarms().list().stream()
                .filter(alarm -> alarm.kind().equals("frozen"))
                .map(Alarm::subject)
                .toList();
    }

    @Test
    void holdsSoManyDecisionsAndBytesOnlyAndCountsTheRest() {
        DecisionLimits few = new DecisionLimits(
                32,
                256,
                Duration.ofMillis(1),
                1,
                20,
                Duration.ofSeconds(5),
                20,
                5,
                Duration.ofSeconds(10),
                0,
                50,
                1L << 20,
                Duration.ofMillis(5),
                1,
                Duration.ZERO);
        ToySite small = new ToySite(1, few, StateLog.memory());
        small.commit(Toy.box("a", 1));
        for (int i = 0; i < 120; i++) {
            small.result(small.ask(1));
        }
        assertEquals(50, small.lines().size());
        assertEquals(71, small.lines().get(0).id().number());
        assertEquals(71, small.kernel.feed().after(0, 1).get(0).id().number());
        assertEquals(List.of(), small.kernel.feed().after(120, 10));
        DecisionLimits light = new DecisionLimits(
                32,
                256,
                Duration.ofMillis(1),
                1,
                20,
                Duration.ofSeconds(5),
                20,
                5,
                Duration.ofSeconds(10),
                0,
                50,
                4_000,
                Duration.ofMillis(5),
                1,
                Duration.ZERO);
        ToySite lighter = new ToySite(1, light, StateLog.memory());
        lighter.commit(Toy.box("a", 1));
        for (int i = 0; i < 120; i++) {
            lighter.result(lighter.ask(1));
        }
        int held = lighter.lines().size();
        assertTrue(held > 3 && held < 20, held + " held");
        assertEquals(120, lighter.lines().get(held - 1).id().number());
    }
}

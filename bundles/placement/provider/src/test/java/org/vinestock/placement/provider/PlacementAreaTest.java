package org.vinestock.placement.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vinestock.decision.Decision;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Inventory;
import org.vinestock.kernel.act.FreezeCheck;
import org.vinestock.kernel.act.MemoryTaskStore;
import org.vinestock.kernel.act.TaskEngine;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.json.ParameterCheck;
import org.vinestock.kernel.plugin.LaneWorker;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.kernel.site.ControlPlane;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.operation.OperationType;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementOperations;
import org.vinestock.placement.PlacementOperations.AddRule;
import org.vinestock.placement.PlacementOperations.Demanded;
import org.vinestock.placement.PlacementOperations.OneRule;
import org.vinestock.placement.PlacementOperations.RuleChanged;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;
import org.vinestock.placement.Placements;
import org.vinestock.placement.contract.PlacementSite;
import org.vinestock.placement.provider.advice.ExplainView;
import org.vinestock.placement.provider.advice.PlaceView;
import org.vinestock.placement.provider.rule.RulesView;
import org.vinestock.placement.rule.Domain;
import org.vinestock.placement.rule.PlacementRule;
import org.vinestock.placement.rule.RuleId;
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.task.Request;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

class PlacementAreaTest {
    private static final ParameterCheck CHECK = new ParameterCheck();
    private static final Labels WEB = Labels.of("app", "web");
    private static final PageRequest ALL = new PageRequest("", 1_000);

    private final List<String> failures = new ArrayList<>();
    private final SimulatedScheduler scheduler = new SimulatedScheduler(
            7, Instant.parse("2026-11-01T00:00:00Z"), (lane, thrown) -> failures.add(lane + ": " + thrown));
    private final Inventory inventory = new MemoryInventories().memory(scheduler);
    private final DecisionKernel decisions = new DecisionKernel(
            scheduler,
            inventory,
            (ref, loader) -> new LaneWorker(scheduler, ref.shortName(), Duration.ZERO),
            DecisionLimits.DEFAULTS.simulated(),
            StateLog.memory(),
            text -> {});
    private final TaskEngine engine =
            new TaskEngine(scheduler, inventory, CHECK, FreezeCheck.NEVER, new MemoryTaskStore(1_000));
    private final ControlPlane plane = new ControlPlane(scheduler, inventory, decisions, engine, null, List.of());

    @BeforeEach
    void aSiteOfFourHosts() {
        plane.add(new PlacementArea());
        PlacementSite site = new PlacementSite().hosts(2, 1, 2, 8, 32);
        site.vm("web-1", "z1-r1-h01", 2, 4, WEB).vm("web-2", "z1-r1-h02", 2, 4, WEB);
        for (Change change : site.snapshot().changesSince(0).orElseThrow()) {
            commit(change);
        }
    }

    @AfterEach
    void nothingWasThrown() {
        assertEquals(List.of(), failures);
    }

    @Test
    void addsARuleThatEveryPlacementKeepsAndRemovesItAgain() {
        RuleChanged added = done(PlacementOperations.ADD_RULE, rule("web-apart", Demanded.APART, Domain.ZONE));
        assertEquals("no two VMs with app=web in one zone; 2 of 2 VMs break it and stay where they are", added.now());
        assertEquals("z2-r1-h01", place("web-3").answer().choice().toString());

        assertEquals(
                List.of(new RulesView.Row(
                        new RuleId("web-apart"), "app=web", "no two VMs with app=web in one zone", 3, 2)),
                read(new RulesView(), new RulesView.All()).rows());

        assertEquals(
                "removed",
                done(PlacementOperations.REMOVE_RULE, new OneRule(new RuleId("web-apart")))
                        .now());
        assertEquals(List.of(), read(new RulesView(), new RulesView.All()).rows());
    }

    @Test
    void saysWhatIsWrongWithARule() {
        done(PlacementOperations.ADD_RULE, rule("web-apart", Demanded.APART, Domain.RACK));

        assertEquals(
                "rule \"web-apart\" is there already: no two VMs with app=web in one rack; accepted: a new name, or"
                        + " remove it first",
                refused(PlacementOperations.ADD_RULE, rule("web-apart", Demanded.TOGETHER, Domain.RACK)));
        assertEquals(
                "no zone \"z9\" is known; accepted: z1, z2",
                refused(
                        PlacementOperations.ADD_RULE,
                        new AddRule(new RuleId("in"), Demanded.IN, "app=web", Domain.ZONE, List.of("z9"), 1)));
        assertEquals(
                "group \"web\" is not a label; accepted: key=value, such as app=web",
                refused(
                        PlacementOperations.ADD_RULE,
                        new AddRule(new RuleId("x"), Demanded.APART, "web", Domain.ZONE, List.of(), 1)));
        assertEquals(
                "names [z1] mean nothing to a rule \"APART\"; accepted: with IN only",
                refused(
                        PlacementOperations.ADD_RULE,
                        new AddRule(new RuleId("x"), Demanded.APART, "a=b", Domain.ZONE, List.of("z1"), 1)));
        assertEquals(
                "there is no rule \"gone\"; accepted: one that placement.rules shows",
                refused(PlacementOperations.REMOVE_RULE, new OneRule(new RuleId("gone"))));
        assertEquals(1, inventory.head().rows(PlacementRule.KIND).size());
    }

    @Test
    void tellsWhatARuleWouldDoWithoutAddingIt() {
        var preview = engine.preview(PlacementOperations.ADD_RULE, rule("web-few", Demanded.CAPACITY, Domain.ZONE));
        scheduler.run(scheduler.instant().plusSeconds(1), Long.MAX_VALUE);

        assertEquals(
                "at most 1 VM with app=web in one zone; 2 of 2 VMs would break it",
                now(preview).get(0).preview());
        assertEquals(0, inventory.head().rows(PlacementRule.KIND).size());
    }

    @Test
    void explainsAPlacementByTheStateOfItsMoment() {
        done(PlacementOperations.ADD_RULE, rule("web-apart", Demanded.APART, Domain.HOST));
        place("web-3");
        done(PlacementOperations.REMOVE_RULE, new OneRule(new RuleId("web-apart")));

        Page<ExplainView.Row> page = read(explain(), new ExplainView.Which(new VmId("web-3")));

        assertTrue(page.heading().startsWith("web-3 -> z2-r1-h01 by best-fit@1.0 at 2026-"), page.heading());
        assertTrue(page.heading().matches(".* at \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d on .*"), page.heading());
        assertTrue(page.heading().endsWith(": 4 hosts: 2 fit, 2 by rule web-apart"), page.heading());
        assertEquals(
                List.of(
                        "z1-r1-h01 NO web-apart: z1-r1-h01 has a VM with app=web already",
                        "z1-r1-h02 NO web-apart: z1-r1-h02 has a VM with app=web already",
                        "z2-r1-h01 CHOSEN ",
                        "z2-r1-h02 ALTERNATIVE "),
                page.rows().stream()
                        .map(row -> row.host() + " " + row.verdict() + " " + row.because())
                        .toList());
    }

    @Test
    void explainsAVmOfWhichNoDecisionIsKnownByTheStateOfNow() {
        Page<ExplainView.Row> page = read(explain(), new ExplainView.Which(new VmId("web-1")));

        assertTrue(page.heading().startsWith("when web-1 was placed is no longer known; now, on revision "));
        assertEquals(
                List.of(
                        ExplainView.Verdict.CHOSEN,
                        ExplainView.Verdict.FITS,
                        ExplainView.Verdict.FITS,
                        ExplainView.Verdict.FITS),
                page.rows().stream().map(ExplainView.Row::verdict).toList());

        CompletionStage<?> unknown = explain().read(new ExplainView.Which(new VmId("vm-9")), inventory.head(), ALL);
        scheduler.run(scheduler.instant().plusSeconds(1), Long.MAX_VALUE);
        Throwable thrown =
                unknown.toCompletableFuture().handle((page2, why) -> why).join();
        assertEquals(
                "vm: there is no VM \"vm-9\" and no decision about it; accepted: one of vm:list",
                (thrown instanceof CompletionException ? thrown.getCause() : thrown).getMessage());
    }

    @Test
    void saysWhyNotTheActiveStrategyAdvises() {
        StrategyRef broken = new StrategyRef("placement.place", "broken", "1.0", "0123456789ab");
        PlacementStrategy throwing = (question, context) -> {
            throw new IllegalStateException("no idea");
        };
        decisions
                .roster()
                .arrive(
                        new StrategyOffer(
                                broken, () -> throwing, done -> {}, getClass().getClassLoader()),
                        null,
                        false);
        CompletionStage<String> promoted = decisions.roster().promote("placement.place", "broken@1.0", "ann");
        scheduler.run(scheduler.instant().plusSeconds(1), Long.MAX_VALUE);
        assertTrue(now(promoted).startsWith("ACTIVE"));

        Page<PlaceView.Row> page = read(
                new PlaceView(decisions, scheduler.lane("test")),
                new PlaceView.Wanted(BigDecimal.ONE, ByteCount.ofGib(1), WEB, null));

        assertTrue(
                page.heading().matches("fallback@1.0: 4 hosts: 4 fit\nNot the active strategy: broken@1.0 .*no idea.*"),
                page.heading());
    }

    @Test
    void advisesWhereAVmWouldGo() {
        PlaceView.Wanted wanted = new PlaceView.Wanted(BigDecimal.valueOf(5), ByteCount.ofGib(8), WEB, null);

        Page<PlaceView.Row> page = read(new PlaceView(decisions, scheduler.lane("test")), wanted);

        assertEquals("best-fit@1.0: 4 hosts: 4 fit", page.heading());
        assertEquals(
                List.of("1 z1-r1-h01 z1 6", "2 z1-r1-h02 z1 6", "3 z2-r1-h01 z2 8", "4 z2-r1-h02 z2 8"),
                page.rows().stream()
                        .map(row -> row.rank() + " " + row.host() + " " + row.zone() + " " + row.freeCores())
                        .toList());
        assertEquals(2, inventory.head().rows(SiteKinds.VM).size(), "advice reserves nothing");
    }

    @Test
    void offersTwoStrategiesOfWhichBestFitDecides() {
        assertEquals(
                List.of("best-fit@1.0", "spread@1.0"),
                decisions.strategies("placement.place").stream()
                        .map(ref -> ref.shortName())
                        .toList());
        assertEquals("best-fit@1.0", place("web-3").by().shortName());
    }

    private ExplainView explain() {
        return new ExplainView(decisions, scheduler.lane("test"));
    }

    private static AddRule rule(String name, Demanded demanded, Domain domain) {
        return new AddRule(new RuleId(name), demanded, "app=web", domain, List.of(), 1);
    }

    private Decision<Placement> place(String name) {
        VmId id = new VmId(name);
        PlacementQuestion question = new PlacementQuestion(id, 1_000, ByteCount.ofGib(1), WEB);
        var decision = decisions.reserve(Placements.PLACE, question, (choice, snapshot) -> {
            Placement.Placed placed = (Placement.Placed) choice;
            Vm vm = new Vm(id, 1_000, ByteCount.ofGib(1), WEB, PowerState.RUNNING, placed.host());
            return new ChangeSet(snapshot.ref().revision(), List.of(new Change.Put<>(SiteKinds.VM, id, vm)));
        });
        scheduler.run(scheduler.instant().plusSeconds(1), Long.MAX_VALUE);
        return now(decision);
    }

    private void commit(Change change) {
        long basis = inventory.head().ref().revision();
        now(inventory.commit(new ChangeSet(basis, List.of(change))));
    }

    private <P extends Record, R extends Record> R done(OperationType<P, R> type, P parameters) {
        CompletionStage<R> result =
                engine.start(type, parameters, new Request("test")).result();
        scheduler.run(scheduler.instant().plusSeconds(1), Long.MAX_VALUE);
        return now(result);
    }

    private <P extends Record> String refused(OperationType<P, ?> type, P parameters) {
        try {
            var unused = engine.start(type, parameters, new Request("test"));
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        throw new AssertionError(type.name() + " was not refused");
    }

    private <P extends Record, R extends Record> Page<R> read(View<P, R> view, P parameters) {
        CompletionStage<Page<R>> page = view.read(parameters, inventory.committed(), ALL);
        scheduler.run(scheduler.instant().plusSeconds(1), Long.MAX_VALUE);
        return now(page);
    }

    private static <T> T now(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        assertTrue(future.isDone(), "it goes on");
        return future.join();
    }
}

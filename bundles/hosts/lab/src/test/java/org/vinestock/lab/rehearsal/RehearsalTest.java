package org.vinestock.lab.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vinestock.decision.Answer;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.lab.LabOperations;
import org.vinestock.lab.LabOperations.BuildSite;
import org.vinestock.lab.PlayedSite;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementOperations;
import org.vinestock.placement.rule.Domain;
import org.vinestock.placement.rule.RuleId;
import org.vinestock.report.Report;
import org.vinestock.report.ReportId;
import org.vinestock.report.Section;
import org.vinestock.task.Task;
import org.vinestock.task.TaskState;

@Timeout(120)
class RehearsalTest {
    private PlayedSite live = new PlayedSite(1);

    @AfterEach
    void close() {
        live.close();
    }

    /** Two zones of a rack with two hosts each: z1-r1-h01, z1-r1-h02, z2-r2-h03, z2-r2-h04, of 8 cores and 32 GiB. */
    private void fourHosts() {
        live.done(
                LabOperations.BUILD,
                new BuildSite(4, 2, 2, 8, ByteCount.ofGib(32), BigDecimal.ZERO, 1, Duration.ofSeconds(5)));
        live.pass(Duration.ofSeconds(5));
    }

    private HostId create(String id, int cores, int gib, Labels labels) {
        Task<MachineOperations.VmCreated> task = live.start(
                MachineOperations.CREATE_VM,
                new MachineOperations.CreateVm(new VmId(id), BigDecimal.valueOf(cores), ByteCount.ofGib(gib), labels));
        live.pass(Duration.ofSeconds(2));
        return task.result().toCompletableFuture().join().host();
    }

    private static RehearseOperation.Asked losing(String... targets) {
        return new RehearseOperation.Asked(List.of(targets), "live", 30, null, null, 1);
    }

    private Rehearsed done(RehearseOperation.Asked asked) {
        Task<Rehearsed> task = live.start(RehearseOperation.TYPE, asked);
        live.pass(Duration.ofMillis(10));
        return task.result().toCompletableFuture().join();
    }

    private static Throwable failure(Task<?> task) {
        return assertThrows(
                        CompletionException.class,
                        () -> task.result().toCompletableFuture().getNow(null))
                .getCause();
    }

    private Report report() {
        return live.reports.get(live.reports.size() - 1);
    }

    @Test
    void saysWhoRestartsWhereAndWhen() {
        fourHosts();
        HostId host = create("vm-a", 2, 4, Labels.NONE);
        create("vm-b", 2, 4, Labels.NONE);
        assertEquals("z1-r1-h01", host.value());
        Rehearsed rehearsed = done(losing("z1-r1-h01"));
        assertEquals(2, rehearsed.affected());
        assertEquals(2, rehearsed.restarted());
        assertEquals(1, rehearsed.hostsLost());
        assertEquals(3, rehearsed.hostsLeft());
        assertEquals(List.of(), rehearsed.stayDown());
        assertEquals(List.of(), rehearsed.rulesBroken());
        assertTrue(
                rehearsed.last().compareTo(Duration.ofSeconds(1)) >= 0
                        && rehearsed.last().compareTo(Duration.ofSeconds(5)) < 0,
                "a loss is noticed after a second, then a VM is made and started: " + rehearsed.last());
        assertTrue(rehearsed.half().compareTo(rehearsed.last()) <= 0);
        assertTrue(
                rehearsed.verdict().startsWith("If z1-r1-h01 is lost, all 2 VMs that ran there run elsewhere after "),
                rehearsed.verdict());
        assertTrue(
                rehearsed.verdict().contains(" No rule is broken. On the 3 hosts left 83 % of the cores and"),
                rehearsed.verdict());
        Section.Grid restarts = (Section.Grid) report().sections().get(5);
        assertEquals(2, restarts.rows().size());
        assertEquals(List.of("z1-r1-h01", "z1-r1-h02"), restarts.rows().get(0).subList(1, 3));
    }

    @Test
    void saysWhyAVmStaysDown() {
        fourHosts();
        create("vm-big", 8, 24, Labels.NONE);
        create("vm-b", 2, 4, Labels.NONE);
        create("vm-c", 8, 20, Labels.NONE);
        create("vm-d", 8, 8, Labels.NONE);
        Rehearsed rehearsed = done(losing("z1-r1-h01"));
        assertEquals(1, rehearsed.affected());
        assertEquals(0, rehearsed.restarted());
        Rehearsed.Down down = rehearsed.stayDown().get(0);
        assertEquals("vm-big", down.vm().value());
        assertEquals("room", down.rule());
        assertEquals(
                "no host has 8 cores and 24GiB free: of 3 hosts 0 fit by cores, 2 by memory; nearest is z1-r1-h02 with 6"
                        + " cores and 28GiB",
                down.because());
        assertTrue(
                rehearsed
                        .verdict()
                        .startsWith("If z1-r1-h01 is lost, 0 of 1 VMs that ran there run elsewhere; 1 stay down:"
                                + " 1 for want of room. No rule is broken."),
                rehearsed.verdict());
    }

    @Test
    void saysWhichRuleKeepsAVmDown() {
        fourHosts();
        live.done(
                PlacementOperations.ADD_RULE,
                new PlacementOperations.AddRule(
                        new RuleId("web-zones"),
                        PlacementOperations.Demanded.APART,
                        "app=web",
                        Domain.ZONE,
                        List.of(),
                        1));
        create("web-1", 1, 1, Labels.of("app", "web"));
        create("web-2", 1, 1, Labels.of("app", "web"));
        Rehearsed rehearsed = done(losing("z1"));
        Rehearsed.Down down = rehearsed.stayDown().get(0);
        assertEquals("web-1", down.vm().value());
        assertEquals("app=web", down.labels());
        assertEquals("web-zones", down.rule());
        assertEquals("2 hosts have 1 core and 1GiB free, but rule web-zones keeps it away from each", down.because());
        assertTrue(rehearsed.verdict().contains("1 because of rule web-zones"), rehearsed.verdict());
    }

    @Test
    void severalPartsFailAtOnceAndWhatIsDownAlreadyIsNotCounted() {
        fourHosts();
        create("vm-a", 2, 4, Labels.NONE);
        live.done(LabOperations.FAIL, new LabOperations.Target("z2-r2-h04"));
        live.pass(Duration.ofSeconds(5));
        Rehearsed rehearsed = done(losing("z1-r1-h01", "z2-r2"));
        assertEquals(2, rehearsed.hostsLost());
        assertEquals(1, rehearsed.hostsLeft());
        assertEquals(1, rehearsed.restarted());
    }

    @Test
    void aVmThatIsStoppedOrOnAnotherHostIsNotAffected() {
        fourHosts();
        create("vm-a", 2, 4, Labels.NONE);
        live.done(MachineOperations.STOP_VM, new MachineOperations.StopVm(new VmId("vm-a"), true));
        live.pass(Duration.ofSeconds(5));
        Rehearsed rehearsed = done(losing("z1"));
        assertEquals(0, rehearsed.affected());
        assertEquals("If z1 is lost, no VM is affected: none runs there.", rehearsed.verdict());
    }

    /** A site with tenants, some minutes old. */
    private void tenants() {
        live.done(
                LabOperations.BUILD,
                new BuildSite(24, 4, 2, 32, ByteCount.ofGib(128), BigDecimal.valueOf(2), 1, Duration.ofSeconds(5)));
        live.pass(Duration.ofMinutes(4));
    }

    @Test
    void nothingOfTheLiveSiteChanges() {
        tenants();
        long vms = live.head().rows(SiteKinds.VM).size();
        standStill();
        live.pass(Duration.ofSeconds(30));
        long revision = live.head().ref().revision();
        long decisions = live.decisions.feed().newest();
        List<Vm> before = rows();
        long task = standStill();
        Rehearsed rehearsed = done(losing("z1"));
        assertTrue(rehearsed.affected() > 20 && vms > rehearsed.affected(), rehearsed.toString());
        assertEquals(revision, live.head().ref().revision());
        assertEquals(decisions, live.decisions.feed().newest());
        assertEquals(before, rows());
        assertEquals(task + 2, standStill(), "no task was begun but the rehearsal itself");
        assertEquals(rehearsed.affected(), rehearsed.restarted() + downOf(report()));
        live.pass(Duration.ofSeconds(30));
        assertEquals(revision, live.head().ref().revision());
    }

    /** Lets no tenant come any more; returns the number of the task that did it. */
    private long standStill() {
        Task<?> task = live.start(LabOperations.SPEED, new LabOperations.Speed(BigDecimal.ZERO));
        live.pass(Duration.ofMillis(50));
        return Long.parseLong(task.id().value().replaceAll("[^0-9]", ""));
    }

    private static int downOf(Report report) {
        Section.Grid figures = (Section.Grid) report.sections().get(0);
        return Integer.parseInt(figures.rows().get(4).get(1));
    }

    private List<Vm> rows() {
        List<Vm> rows = new java.util.ArrayList<>();
        live.head().rows(SiteKinds.VM).forEach(rows::add);
        return rows;
    }

    @Test
    void theSameSeedGivesTheSameReportToTheLastByte() {
        tenants();
        JsonCodec codec = new JsonCodec();
        standStill();
        live.pass(Duration.ofSeconds(30));
        done(losing("z1-r1"));
        String first = codec.write(undated(report()));
        done(losing("z1-r1"));
        assertEquals(first, codec.write(undated(report())));
        done(new RehearseOperation.Asked(List.of("z1-r1"), "live", 30, null, null, 2));
        assertNotEquals(first, codec.write(undated(report())));
    }

    private static Report undated(Report report) {
        return new Report(
                new ReportId("report"),
                report.operation(),
                report.title(),
                report.verdict(),
                PlayedSite.START,
                report.by(),
                report.sections());
    }

    @Test
    void anotherStrategyMayBeTriedAndTheOneInForceIsTheDefault() {
        fourHosts();
        create("vm-a", 2, 4, Labels.NONE);
        create("vm-b", 2, 4, Labels.NONE);
        live.vendor(
                "last",
                () -> (question, context) -> new Answer<>(new Placement.Placed(new HostId("z2-r2-h04")), "the last"));
        done(new RehearseOperation.Asked(List.of("z1-r1-h01"), "live", 30, null, "last", 1));
        Section.Grid restarts = (Section.Grid) report().sections().get(5);
        assertEquals("z2-r2-h04", restarts.rows().get(0).get(2));
        assertEquals("z2-r2-h04", restarts.rows().get(1).get(2));
        live.decisions.roster().promote("placement.place", "last", "me");
        live.pass(Duration.ofSeconds(1));
        done(losing("z1-r1-h01"));
        assertEquals(
                "z2-r2-h04",
                ((Section.Grid) report().sections().get(5)).rows().get(0).get(2));
    }

    @Test
    void aFormerRevisionMayBeCopied() {
        fourHosts();
        create("vm-a", 2, 4, Labels.NONE);
        long revision = live.head().ref().revision();
        create("vm-b", 2, 4, Labels.NONE);
        assertEquals(2, done(losing("z1")).affected());
        assertEquals(
                1,
                done(new RehearseOperation.Asked(List.of("z1"), "live", 30, revision, null, 1))
                        .affected());
        Task<Rehearsed> unknown = live.start(
                RehearseOperation.TYPE, new RehearseOperation.Asked(List.of("z1"), "live", 30, 99_999L, null, 1));
        live.pass(Duration.ofMillis(10));
        assertTrue(
                failure(unknown).getMessage().contains("revision 99999 is not kept"),
                failure(unknown).getMessage());
    }

    @Test
    void whatIsUnknownIsOneErrorThatNamesTheField() {
        fourHosts();
        refused(
                losing("zone-b"),
                "fail \"zone-b\" is neither a host nor a rack nor a zone of this site; accepted: such as"
                        + " z1-r1-h01, z1-r1 or z1");
        refused(
                losing(),
                "fail: nothing is named; accepted: hosts, racks or zones, such as --fail z1-r1-h01, z1-r1 or z1");
        refused(
                new RehearseOperation.Asked(List.of("z1"), "yesterday", 30, null, null, 1),
                "from: \"yesterday\"; accepted: live (with --at a former revision of it)");
        refused(
                new RehearseOperation.Asked(List.of("z1"), "live", 30, null, "nobody", 1),
                "with: \"nobody\" is unknown at placement.place; accepted: best-fit@1.0, spread@1.0");
    }

    private void refused(RehearseOperation.Asked asked, String said) {
        assertEquals(
                said,
                assertThrows(IllegalArgumentException.class, () -> live.start(RehearseOperation.TYPE, asked))
                        .getMessage());
    }

    @Test
    void aStrategyThatNeverReturnsIsEndedAndNamed() {
        live.close();
        live = new PlayedSite(1, null, Duration.ofMillis(300));
        fourHosts();
        create("vm-a", 2, 4, Labels.NONE);
        live.vendor("stuck", () -> (question, context) -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Answer<>(new Placement.Refused("late"), "");
        });
        Task<Rehearsed> stuck = live.start(
                RehearseOperation.TYPE, new RehearseOperation.Asked(List.of("z1"), "live", 30, null, "stuck", 1));
        live.pass(Duration.ofMillis(10));
        assertTrue(
                failure(stuck).getMessage().startsWith("stuck@1.0 at placement.place did not return within 300 ms"),
                failure(stuck).getMessage());
        assertEquals(List.of(), live.reports);
    }

    @Test
    void endsWhenItIsCancelled() {
        tenants();
        Task<Rehearsed> task = live.start(RehearseOperation.TYPE, losing("z1"));
        live.events(live.scheduler.instant(), 4);
        assertTrue(live.tasks.cancel(task.id()));
        live.pass(Duration.ofMillis(10));
        assertEquals(
                TaskState.CANCELLED, live.tasks.find(task.id()).orElseThrow().state());
        assertEquals(List.of(), live.reports);
    }

    @Test
    void aRuleThatMoreVmsBreakThanBeforeIsNamed() {
        fourHosts();
        create("vm-a", 2, 4, Labels.of("app", "web"));
        create("vm-b", 2, 4, Labels.of("app", "web"));
        assertEquals(List.of(), BrokenRules.newly(BrokenRules.in(live.head()), BrokenRules.in(live.head())));
        var before = BrokenRules.in(live.head());
        live.done(
                PlacementOperations.ADD_RULE,
                new PlacementOperations.AddRule(
                        new RuleId("web-apart"),
                        PlacementOperations.Demanded.APART,
                        "app=web",
                        Domain.HOST,
                        List.of(),
                        1));
        assertEquals(
                List.of("web-apart: 2 VMs break it, 0 did before"),
                BrokenRules.newly(before, BrokenRules.in(live.head())));
    }

    @Test
    void aVmThatIsBeingPlacedIsNotCalledHopeless() {
        fourHosts();
        create("vm-a", 2, 4, Labels.NONE);
        Vm row = live.head().rows(SiteKinds.VM).find(new VmId("vm-a")).orElseThrow();
        assertEquals("time", new WhyDown(live.head()).of(row).rule());
        live.inventory.commit(new ChangeSet(
                live.head().ref().revision(), List.of(new Change.Removed(SiteKinds.HOST_OBSERVED, row.host()))));
        WhyDown.Reason reason = new WhyDown(live.head()).of(row);
        assertEquals("time", reason.rule());
        assertEquals("3 hosts fit, but it was not yet placed when the time was over", reason.because());
    }
}

package org.vinestock.machines.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vinestock.kernel.budget.BudgetLimits;
import org.vinestock.kernel.budget.BudgetLimits.Limit;
import org.vinestock.kernel.budget.Budgets;
import org.vinestock.kernel.permit.Mode;
import org.vinestock.kernel.permit.Modes;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.provider.site.TrySite;
import org.vinestock.model.Labels;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;

/** A host is lost, and not all of its VMs may be restarted at once, or without asking. */
class RestartBudgetTest {
    private static final int VMS = 8;

    private final TrySite site = new TrySite(1);

    private void lose() {
        lose("main");
    }

    /** {@code other}: the cluster of the host that is left. */
    private void lose(String other) {
        site.host("z1-r1-h01", VMS, VMS);
        site.run(Duration.ofSeconds(1));
        site.created(IntStream.range(0, VMS).mapToObj(i -> "vm-" + i).toArray(String[]::new));
        site.host("z1-r1-h02", VMS, VMS, other);
        site.run(Duration.ofSeconds(1));
        site.host("z1-r1-h01").fail();
        site.run(Duration.ofMinutes(5));
    }

    private long restarted() {
        return IntStream.range(0, VMS)
                .filter(i -> site.place("vm-" + i).equals("z1-r1-h02")
                        && site.seen("vm-" + i)
                                .filter(seen -> seen.power() == PowerState.RUNNING)
                                .isPresent())
                .count();
    }

    private List<TaskStatus> tasks(TaskState state) {
        return site.tasks().newest(100).stream()
                .filter(status -> status.state() == state)
                .toList();
    }

    private List<TaskStatus> restarts(TaskState state) {
        return tasks(state).stream()
                .filter(status -> status.operation().equals("vm.recover"))
                .toList();
    }

    @Test
    void soManyAnHourAreRestartedAndTheRestWaitsAndSaysSo() {
        Limit five = new Limit(2, 5, Duration.ZERO);
        site.tasks().restraints().budgets().limits(new BudgetLimits(five, Limit.NONE, Limit.NONE, 100));
        lose();
        assertEquals(5, restarted());
        List<TaskStatus> waiting = restarts(TaskState.PARKED);
        assertEquals(VMS - 5, waiting.size());
        assertTrue(
                waiting.get(0)
                        .message()
                        .matches("restart of vm-\\d: 5 of 5 restarts an hour in cluster main are used; next at .*"),
                waiting.get(0).message());
        site.run(Duration.ofMinutes(61));
        assertEquals(VMS, restarted());
        assertEquals(List.of(), restarts(TaskState.PARKED));
        site.assertNoFailures();
    }

    /** What was decided is known only then: so that budget counts, whatever the VM's former cluster has left. */
    @Test
    void theBudgetOfTheClusterIsSpentInWhichTheAnswerActs() {
        Limit five = new Limit(0, 5, Duration.ZERO);
        site.tasks().restraints().budgets().limits(new BudgetLimits(five, Limit.NONE, Limit.NONE, 100));
        lose("annex");
        assertEquals(5, restarted());
        List<Budgets.Line> lines = site.tasks().restraints().budgets().lines();
        assertEquals(
                List.of("annex 5", "main 0"),
                lines.stream()
                        .map(line -> line.cluster() + " " + line.lastHour())
                        .toList());
        List<TaskStatus> waiting = restarts(TaskState.PARKED);
        assertEquals(VMS - 5, waiting.size());
        assertTrue(
                waiting.get(0)
                        .message()
                        .matches("restart of vm-\\d: 5 of 5 restarts an hour in cluster annex are used; next at .*"),
                waiting.get(0).message());
        site.run(Duration.ofMinutes(61));
        assertEquals(VMS, restarted());
        site.assertNoFailures();
    }

    /** Limits that shrink while a strategy thinks hold for its answer. */
    @Test
    void whatThereIsWhenItIsReservedCounts() {
        Budgets budgets = site.tasks().restraints().budgets();
        site.placing.thinking =
                () -> budgets.limits(new BudgetLimits(new Limit(0, 1, Duration.ZERO), Limit.NONE, Limit.NONE, 100));
        lose();
        assertEquals(1, restarted());
        assertEquals(VMS - 1, restarts(TaskState.PARKED).size());
        budgets.limits(BudgetLimits.NONE);
        site.placing.thinking = () -> {};
        site.run(Duration.ofMinutes(1));
        assertEquals(VMS, restarted());
        site.assertNoFailures();
    }

    @Test
    void withoutLimitsAllAreRestartedAtOnce() {
        lose();
        assertEquals(VMS, restarted());
    }

    @Test
    void whereItMayOnlyAdviseAPersonSaysWhichAreRestarted() {
        var unused = site.tasks().restraints().modes().set("restart", "main", Mode.ADVISE, "ann");
        lose();
        assertEquals(0, restarted());
        List<TaskStatus> proposed = tasks(TaskState.PROPOSED);
        assertEquals(VMS, proposed.size());
        String said = proposed.get(0).message();
        assertTrue(said.matches("waits for task:approve or task:reject; would place vm-\\d elsewhere; make .*"), said);
        site.tasks().approve(proposed.get(0).id());
        site.tasks().approve(proposed.get(1).id());
        site.run(Duration.ofMinutes(1));
        assertEquals(2, restarted());
        site.host("z1-r1-h01").heal();
        site.run(Duration.ofMinutes(1));
        assertEquals(2, restarted());
        assertEquals(List.of(), restarts(TaskState.PROPOSED));
        site.assertNoFailures();
    }

    @Test
    void whereItMayOnlyObserveItIsRecorded() {
        var unused = site.tasks().restraints().modes().set("restart", Modes.SITE, Mode.OBSERVE, "ann");
        lose();
        site.run(Duration.ofMinutes(30));
        assertEquals(0, restarted());
        assertEquals(VMS, tasks(TaskState.OBSERVED).size());
        unused = site.tasks().restraints().modes().set("restart", Modes.SITE, Mode.ACT, "ann");
        site.run(Duration.ofMinutes(5));
        assertEquals(VMS, restarted());
    }

    @Test
    void everyPlacementIsToldWhatBecameOfIt() {
        lose();
        site.host("z1-r1-h02").starts = false;
        var unused = site.failed(MachineOperations.CREATE_VM, TrySite.vm("vm-fails", 1, 1, Labels.NONE));
        site.run(Duration.ofMinutes(1));
        List<String> decisions = site.decisions("decision.list");
        List<String> untold = decisions.stream()
                .filter(row -> row.contains("\"outcome\":\"\"") && !row.contains("refused"))
                .toList();
        assertEquals(List.of(), untold);
        assertTrue(decisions.size() >= 2 * VMS, decisions.toString());
    }
}

package org.vinestock.kernel.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vinestock.kernel.act.Boxes.PAINT;
import static org.vinestock.kernel.act.Boxes.painting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vinestock.kernel.act.Boxes.Fault;
import org.vinestock.kernel.alarm.Alarms;
import org.vinestock.kernel.budget.BudgetLimits;
import org.vinestock.kernel.budget.BudgetLimits.Limit;
import org.vinestock.kernel.budget.Budgets;
import org.vinestock.kernel.budget.Ticket;
import org.vinestock.kernel.strategies.Keeper;
import org.vinestock.kernel.strategies.KeptAlarms;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.Expense;
import org.vinestock.operation.Expense.Acting;
import org.vinestock.task.Request;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;

/** Tasks that count, and those that wait until there is something left for them. */
class BudgetsTest {
    private static final Request MACHINE = new Request("box/tidy", null, false, "tidy");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Room room = new Room(1);
    private final Budgets budgets = room.engine.restraints().budgets();

    private static BudgetLimits restarts(int atOnce, int perHour, Duration coolDown) {
        return new BudgetLimits(new Limit(atOnce, perHour, coolDown), Limit.NONE, Limit.NONE, 100);
    }

    private TaskId paint(String box, Request request) {
        return room.engine.start(PAINT, painting(501, box), request).id();
    }

    private String where(TaskId id) {
        return room.status(id).state() + " " + room.status(id).message();
    }

    @Test
    void soManyAtOnceAndTheRestInLine() {
        room.boxes.perStep = MINUTE;
        budgets.limits(restarts(2, 0, Duration.ZERO));
        List<TaskId> tasks =
                List.of(paint("a", MACHINE), paint("b", MACHINE), paint("c", MACHINE), paint("d", MACHINE));
        room.run(Duration.ofSeconds(30));
        List<TaskState> states =
                tasks.stream().map(id -> room.status(id).state()).toList();
        assertEquals(2, states.stream().filter(TaskState.RUNNING::equals).count(), states.toString());
        assertEquals(2, states.stream().filter(TaskState.PARKED::equals).count(), states.toString());
        TaskId waits = tasks.get(states.indexOf(TaskState.PARKED));
        assertTrue(
                where(waits).matches("PARKED restart of [a-d]: 2 of 2 restarts at once in cluster attic are under way"),
                where(waits));
        assertEquals(2, budgets.lines().get(0).waiting());
        room.run(MINUTE.multipliedBy(3));
        tasks.forEach(id -> assertEquals(TaskState.DONE, room.status(id).state()));
        assertEquals(4, budgets.lines().get(0).lastHour());
        assertEquals(0, budgets.lines().get(0).inFlight());
    }

    @Test
    void soManyAnHourAndThenTheNext() {
        budgets.limits(restarts(0, 2, Duration.ZERO));
        paint("a", MACHINE);
        room.run(Duration.ofMinutes(32));
        paint("b", MACHINE);
        room.run(MINUTE);
        TaskId third = paint("c", MACHINE);
        TaskId fourth = paint("d", MACHINE);
        room.run(MINUTE);
        assertTrue(
                where(third)
                        .matches(
                                "PARKED restart of c: 2 of 2 restarts an hour in cluster attic are used; next at \\d\\d:00:00"),
                where(third));
        room.run(Duration.ofMinutes(25));
        assertEquals(TaskState.PARKED, room.status(third).state());
        room.run(Duration.ofMinutes(2));
        assertEquals(TaskState.DONE, room.status(third).state());
        assertEquals(TaskState.PARKED, room.status(fourth).state());
        room.run(Duration.ofMinutes(32));
        assertEquals(TaskState.DONE, room.status(fourth).state());
    }

    @Test
    void raisesAnAlarmWhileTheHourIsUsedUpAndSomebodyWaits() {
        Alarms alarms =
                new Alarms(room.scheduler, words -> {}, new KeptAlarms(new Keeper(StateLog.memory(), room.scheduler)));
        budgets.alarms(alarms);
        budgets.limits(restarts(0, 1, Duration.ZERO));
        paint("a", MACHINE);
        room.run(MINUTE);
        assertEquals(List.of(), alarms.list());
        TaskId second = paint("b", MACHINE);
        TaskId third = paint("c", MACHINE);
        room.run(MINUTE);
        assertEquals("restarts in cluster attic", alarms.list().get(0).subject());
        room.run(Duration.ofHours(1));
        assertEquals(TaskState.DONE, room.status(second).state());
        assertEquals(1, alarms.list().size(), "the third one waits");
        room.engine.cancel(third);
        room.run(MINUTE);
        assertEquals(List.of(), alarms.list());
        paint("d", MACHINE);
        room.run(MINUTE);
        assertEquals(1, alarms.list().size());
        budgets.limits(restarts(0, 0, Duration.ZERO));
        room.run(MINUTE);
        assertEquals(List.of(), alarms.list());
    }

    @Test
    void theSameObjectCoolsDownAndHoldsUpNoOther() {
        budgets.limits(restarts(0, 0, MINUTE));
        paint("a", MACHINE);
        room.run(Duration.ofSeconds(1));
        TaskId again = paint("a", MACHINE);
        room.run(Duration.ofSeconds(1));
        TaskId other = paint("b", MACHINE);
        room.run(Duration.ofSeconds(1));
        assertEquals(TaskState.DONE, room.status(other).state());
        assertTrue(
                where(again).startsWith("PARKED restart of a: it is cooling down after the last one until"),
                where(again));
        room.run(MINUTE);
        assertEquals(TaskState.DONE, room.status(again).state());
    }

    @Test
    void whatPeopleAskForCountsAndNeverWaits() {
        budgets.limits(restarts(0, 1, Duration.ZERO));
        TaskId ann = paint("a", new Request("ann"));
        TaskId bob = paint("b", new Request("bob"));
        room.run(MINUTE);
        TaskId machine = paint("c", MACHINE);
        room.run(MINUTE);
        assertEquals(TaskState.DONE, room.status(ann).state());
        assertEquals(TaskState.DONE, room.status(bob).state());
        assertTrue(where(machine).contains("2 of 1 restarts an hour"), where(machine));
    }

    @Test
    void whatFailedAndWhatWasCancelledDoesNotCount() {
        budgets.limits(restarts(1, 1, Duration.ZERO));
        room.boxes.fault("a", 501, Fault.OUT_OF_PAINT);
        TaskId fails = paint("a", MACHINE);
        TaskId waits = paint("b", MACHINE);
        TaskId cancelled = paint("c", MACHINE);
        room.engine.cancel(cancelled);
        room.run(MINUTE);
        assertEquals(TaskState.FAILED, room.status(fails).state());
        assertEquals(TaskState.DONE, room.status(waits).state());
        assertEquals(TaskState.CANCELLED, room.status(cancelled).state());
        assertEquals(1, budgets.lines().get(0).lastHour());
        assertEquals(0, budgets.lines().get(0).waiting());
    }

    @Test
    void whoWaitsInLineGivesWayToWhatAPersonWants() {
        budgets.limits(restarts(1, 0, Duration.ZERO));
        room.boxes.perStep = MINUTE;
        TaskId runs = paint("a", MACHINE);
        TaskId waits = paint("b", MACHINE);
        TaskId behind = paint("c", MACHINE);
        room.run(Duration.ofSeconds(30));
        assertEquals(TaskState.PARKED, room.status(waits).state());
        TaskId ann =
                room.engine.start(PAINT, painting(7, "b"), new Request("ann")).id();
        assertEquals("CANCELLED gave way to " + ann, where(waits));
        assertThrows(
                VinestockException.class,
                () -> room.engine.start(PAINT, painting(7, "a"), new Request("ann")),
                where(runs));
        assertThrows(VinestockException.class, () -> paint("c", MACHINE), where(behind));
        room.run(MINUTE.multipliedBy(3));
        assertEquals(7, room.boxes.color("b"));
        assertEquals(TaskState.DONE, room.status(runs).state());
        assertEquals(TaskState.DONE, room.status(behind).state());
        assertEquals(0, room.engine.claimed());
        assertEquals(
                0, budgets.lines().get(0).inFlight() + budgets.lines().get(0).waiting());
        assertEquals(List.of(), room.boxes.found);
    }

    @Test
    void whatDoesNotCountDoesNotWait() {
        budgets.limits(restarts(1, 1, Duration.ZERO));
        paint("a", MACHINE);
        paint("b", MACHINE);
        TaskId free = room.engine.start(PAINT, painting(7, "c"), MACHINE).id();
        room.run(MINUTE);
        assertEquals(TaskState.DONE, room.status(free).state());
    }

    @Test
    void otherLimitsAreHeededAtOnce() {
        budgets.limits(restarts(0, 1, Duration.ZERO));
        paint("a", MACHINE);
        room.run(MINUTE);
        TaskId waits = paint("b", MACHINE);
        room.run(MINUTE);
        assertEquals(TaskState.PARKED, room.status(waits).state());
        budgets.limits(restarts(0, 2, Duration.ZERO));
        room.run(MINUTE);
        assertEquals(TaskState.DONE, room.status(waits).state());
    }

    @Test
    void theLastHourIsKnownAfterARestart() {
        StateLog log = StateLog.memory();
        Budgets before = new Budgets(room.scheduler, restarts(0, 3, Duration.ZERO), new Keeper(log, room.scheduler));
        for (int i = 0; i < 3; i++) {
            Ticket ticket = ask(before, Acting.RESTART, "vm-" + i);
            assertEquals(null, before.spend(ticket, List.of()));
            before.end(ticket, true);
        }
        room.run(Duration.ofMinutes(30));
        Budgets after = new Budgets(room.scheduler, restarts(0, 3, Duration.ZERO), new Keeper(log, room.scheduler));
        assertEquals(3, after.lines().get(0).lastHour());
        Ticket refused = ask(after, Acting.RESTART, "vm-9");
        assertTrue(
                refused.text().matches("restart of vm-9: 3 of 3 restarts an hour in cluster c1 are used; next at .*"),
                refused.text());
        room.run(Duration.ofMinutes(31));
        assertTrue(refused.granted());
    }

    @Test
    void whatIsCalledAndNeverSpentDoesNotCount() {
        Budgets some = new Budgets(room.scheduler, restarts(0, 1, Duration.ZERO), null);
        Ticket first = ask(some, Acting.RESTART, "vm-1");
        Ticket second = ask(some, Acting.RESTART, "vm-2");
        assertTrue(first.granted() && !second.granted());
        some.letGo(first);
        assertTrue(second.granted());
        assertEquals(0, some.lines().get(0).lastHour());
        assertEquals(null, some.spend(second, List.of()));
        assertEquals(1, some.lines().get(0).lastHour());
        some.ask(first);
        assertTrue(!first.granted());
        some.end(second, false);
        assertTrue(first.granted());
    }

    @Test
    void whereItIsSpentThereMustBeRoom() {
        Budgets some = new Budgets(room.scheduler, restarts(1, 0, Duration.ZERO), null);
        Ticket there = some.ask(new Expense(Acting.RESTART, new VmId("vm-1")), List.of("c2"), true, () -> {});
        Ticket here = ask(some, Acting.RESTART, "vm-2");
        Ticket behind = ask(some, Acting.RESTART, "vm-3");
        assertTrue(there.granted() && here.granted() && !behind.granted());
        assertEquals(
                "restart of vm-2: 1 of 1 restarts at once in cluster c2 are under way",
                some.spend(here, List.of("c2")));
        assertTrue(behind.granted() && here.waits());
        some.end(there, true);
        assertTrue(here.granted());
        assertEquals(null, some.spend(here, List.of("c2")));
    }

    @Test
    void whatPeopleAskForIsSpentWhereNothingIsLeft() {
        Budgets some = new Budgets(room.scheduler, restarts(1, 1, MINUTE), null);
        for (int i = 1; i <= 3; i++) {
            Ticket person = some.ask(new Expense(Acting.RESTART, new VmId("vm-1")), List.of("c1"), false, () -> {});
            assertEquals(null, some.spend(person, List.of()));
            assertEquals(i, some.lines().get(0).lastHour());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-400 * 24, -5, 5, 400 * 24})
    void noStepOfTheClockFreesOrTakesAnything(long hours) {
        StateLog log = StateLog.memory();
        Keeper keeper = new Keeper(log, room.scheduler);
        Budgets some = new Budgets(room.scheduler, restarts(0, 1, Duration.ofMinutes(90)), keeper);
        Ticket spent = ask(some, Acting.RESTART, "vm-1");
        assertEquals(null, some.spend(spent, List.of()));
        some.end(spent, true);
        Ticket other = ask(some, Acting.RESTART, "vm-2");
        Ticket same = ask(some, Acting.RESTART, "vm-1");
        room.run(Duration.ofMinutes(30));
        room.scheduler.step(Duration.ofHours(hours));
        some.clockStepped();
        room.run(Duration.ofMinutes(29));
        assertTrue(!other.granted() && !same.granted());
        Budgets later = new Budgets(room.scheduler, restarts(0, 1, Duration.ZERO), new Keeper(log, room.scheduler));
        Ticket afterARestart = ask(later, Acting.RESTART, "vm-2");
        assertTrue(!afterARestart.granted());
        room.run(Duration.ofMinutes(2));
        assertTrue(other.granted() && !same.granted() && afterARestart.granted());
        some.end(other, false);
        room.run(Duration.ofMinutes(30));
        assertTrue(same.granted());
    }

    private static Ticket ask(Budgets budgets, Acting acting, String vm) {
        return budgets.ask(new Expense(acting, new VmId(vm)), List.of("c1"), true, () -> {});
    }

    @Test
    void onlySoManyHostsAreOff() {
        BudgetLimits fifth = new BudgetLimits(Limit.NONE, Limit.NONE, Limit.NONE, 20);
        Budgets some = new Budgets(room.scheduler, fifth, null);
        int[] off = {1};
        some.hosts(cluster -> cluster.equals("c1") ? new Budgets.HostsOff.Count(10, off[0]) : null);
        Ticket second = ask(some, Acting.HOST_OFF, "h2");
        Ticket third = ask(some, Acting.HOST_OFF, "h3");
        assertTrue(second.granted());
        assertEquals("powering off of h3: 1 of 10 hosts in cluster c1 are off; at most 2, 20 %, may be", third.text());
        assertEquals(null, some.spend(second, List.of()));
        off[0] = 2;
        some.end(second, true);
        room.run(Duration.ofMinutes(10));
        assertTrue(!third.granted());
        off[0] = 0;
        room.run(Duration.ofMinutes(2));
        assertTrue(third.granted());
    }

    @Test
    void isNeverExceededAndNobodyWaitsForEver() {
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Room crowd = new Room(seed);
            int atOnce = 1 + random.nextInt(4);
            int perHour = 5 + random.nextInt(20);
            crowd.engine
                    .restraints()
                    .budgets()
                    .limits(restarts(atOnce, perHour, Duration.ofSeconds(random.nextInt(30))));
            crowd.boxes.perStep = Duration.ofSeconds(20);
            List<TaskId> tasks = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String box = "box-" + i;
                if (random.nextInt(5) == 0) {
                    crowd.boxes.fault(box, 501, Fault.OUT_OF_PAINT);
                }
                tasks.add(crowd.engine.start(PAINT, painting(501, box), MACHINE).id());
                crowd.run(Duration.ofSeconds(random.nextInt(10)));
                if (random.nextInt(10) == 0) {
                    crowd.engine.cancel(tasks.get(random.nextInt(tasks.size())));
                }
                Budgets.Line line = crowd.engine.restraints().budgets().lines().get(0);
                assertTrue(line.inFlight() <= atOnce && line.lastHour() <= perHour, "seed " + seed + ": " + line);
            }
            crowd.run(Duration.ofHours(14));
            for (TaskId id : tasks) {
                assertTrue(crowd.status(id).state().ended(), "seed " + seed + ": " + crowd.status(id));
            }
            Budgets.Line end = crowd.engine.restraints().budgets().lines().get(0);
            assertEquals(0, end.inFlight() + end.waiting(), "seed " + seed + ": " + end);
        }
    }
}

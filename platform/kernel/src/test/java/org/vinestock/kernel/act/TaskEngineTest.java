package org.vinestock.kernel.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vinestock.kernel.act.Boxes.PAINT;
import static org.vinestock.kernel.act.Boxes.painting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vinestock.kernel.act.Boxes.Fault;
import org.vinestock.kernel.act.Boxes.Painted;
import org.vinestock.kernel.act.Boxes.Painting;
import org.vinestock.kernel.act.TaskHistory.Phase;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Role;
import org.vinestock.task.PlannedStep;
import org.vinestock.task.Request;
import org.vinestock.task.Task;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;

class TaskEngineTest {
    private static final Request ANN = new Request("ann");

    private final Room room = new Room(1);
    private final TaskEngine engine = room.engine;
    private final Boxes boxes = room.boxes;

    private VinestockException refused(Painting painting, Request request) {
        return assertThrows(VinestockException.class, () -> engine.start(PAINT, painting, request));
    }

    @Test
    void runsTheStepsInOrderAndCompletesWithTheResult() {
        Task<Painted> task = engine.start(PAINT, painting(3, "a", "b"), ANN);
        assertEquals(TaskState.QUEUED, room.status(task.id()).state());
        room.run();
        assertEquals(new Painted(3, 2), Room.outcome(task.result()));
        assertEquals(List.of("apply a 3", "apply b 3"), boxes.log);
        assertEquals(3, boxes.color("a"));
        TaskStatus status = room.status(task.id());
        assertEquals(
                new TaskStatus(
                        task.id(),
                        "box.paint",
                        TaskState.DONE,
                        "ann",
                        Room.START,
                        Room.START,
                        2,
                        2,
                        "paint b",
                        1,
                        "",
                        new Painted(3, 2)),
                status);
        assertEquals(0, engine.claims().size());
        assertEquals(0, engine.count());
    }

    @Test
    void refusesASecondTaskAndNamesTheFirst() {
        boxes.perStep = Duration.ofSeconds(1);
        Task<Painted> first = engine.start(PAINT, painting(3, "a", "b"), ANN);
        VinestockException refused = refused(painting(4, "c", "b"), ANN);
        assertEquals(ActError.CLAIMED, refused.code());
        assertEquals(
                "box b is in use by task " + first.id() + "; wait until it ends or cancel it", refused.getMessage());
        Task<Painted> third = engine.start(PAINT, painting(4, "c"), ANN);
        room.run();
        engine.start(PAINT, painting(4, "b"), ANN);
        room.run();
        assertEquals(4, boxes.color("b"));
        assertEquals(TaskState.DONE, room.status(third.id()).state());
    }

    @Test
    void refusesParametersThatAreNotAcceptedBeforeAnythingIsPlanned() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> engine.start(PAINT, painting(1001, "a"), ANN));
        assertEquals("color: 1001; accepted: at most 1000", refused.getMessage());
        assertEquals(0, engine.count());
    }

    @Test
    void undoesInReverseWhatWasBegunWhenAStepFails() {
        boxes.writeDirectly("a", 1);
        boxes.fault("c", 5, Fault.FAILS_AFTER);
        Task<Painted> task = engine.start(PAINT, painting(5, "a", "b", "c", "d"), ANN);
        room.run();
        assertEquals(List.of("apply a 5", "apply b 5", "apply c 5", "undo c 5", "undo b 5", "undo a 5"), boxes.log);
        assertEquals(
                List.of(1, -1, -1, -1),
                List.of("a", "b", "c", "d").stream().map(boxes::color).toList());
        assertEquals(
                "no paint left for c",
                assertInstanceOf(IllegalArgumentException.class, Room.outcome(task.result()))
                        .getMessage());
        TaskStatus status = room.status(task.id());
        assertEquals(TaskState.FAILED, status.state());
        assertEquals("no paint left for c", status.message());
        assertEquals(0, engine.claims().size());
    }

    @Test
    void saysWhatCouldNotBeUndone() {
        boxes.fault("a", 5, Fault.UNDO_FAILS);
        boxes.fault("b", 5, Fault.THROWS);
        Task<Painted> task = engine.start(PAINT, painting(5, "a", "b"), ANN);
        room.run();
        TaskStatus status = room.status(task.id());
        assertEquals(TaskState.FAILED, status.state());
        assertTrue(
                status.message()
                                .contains(
                                        "paint b failed by a defect: java.lang.IllegalStateException: the brush broke")
                        && status.message().endsWith("; not taken back: paint a (no paint left for a)"),
                status.message());
        assertEquals(0, engine.claims().size());
    }

    @Test
    void takesWhateverAHandlerOrAPlanDoesForADefectAndGoesOn() {
        boxes.fault("a", 5, Fault.RETURNS_NULL);
        Task<Painted> task = engine.start(PAINT, painting(5, "a"), ANN);
        room.run();
        assertEquals(
                ActError.DEFECT,
                assertInstanceOf(VinestockException.class, Room.outcome(task.result()))
                        .code());
        assertEquals(ActError.DEFECT, refused(painting(999, "a"), ANN).code());
        assertEquals(0, engine.claims().size());
        assertEquals(0, engine.count());
    }

    @Test
    void cancelsBetweenStepsAndTakesBackWhatWasDone() {
        boxes.perStep = Duration.ofSeconds(10);
        Task<Painted> task = engine.start(PAINT, painting(5, "a", "b", "c"), ANN);
        room.run(Duration.ofSeconds(15));
        assertEquals(TaskState.RUNNING, room.status(task.id()).state());
        assertEquals(2, room.status(task.id()).step());
        assertEquals(0.5, room.status(task.id()).progress());
        assertEquals("half painted", room.status(task.id()).message());
        assertTrue(engine.cancel(task.id()));
        room.run();
        assertEquals(TaskState.CANCELLED, room.status(task.id()).state());
        assertEquals(List.of("apply a 5", "apply b 5", "undo b 5", "undo a 5"), boxes.log);
        assertFalse(engine.cancel(task.id()));
        assertFalse(engine.cancel(new TaskId("t-99")));
        assertEquals(
                ActError.CANCELLED,
                assertInstanceOf(VinestockException.class, Room.outcome(task.result()))
                        .code());
    }

    @Test
    void parksWhenAStepsProviderIsAbsentAndGoesOnWhenItReturns() {
        Room bare = new Room(3);
        var steps = bare.boxes.steps();
        TaskEngine own = new TaskEngine(
                bare.scheduler,
                bare.inventory,
                new org.vinestock.kernel.json.ParameterCheck(),
                FreezeCheck.NEVER,
                new MemoryTaskStore(10));
        own.add(bare.boxes.operations());
        Task<Painted> task = own.start(PAINT, painting(5, "a"), ANN);
        Task<Painted> doomed = own.start(PAINT, painting(5, "b"), ANN);
        bare.run();
        TaskStatus parked = own.find(task.id()).orElseThrow();
        assertEquals(TaskState.PARKED, parked.state());
        assertEquals("box: no provider installed; \"paint a\" needs a step box.stroke", parked.message());
        assertThrows(VinestockException.class, () -> own.start(PAINT, painting(6, "a"), ANN));
        assertTrue(own.cancel(doomed.id()));
        bare.run();
        assertEquals(TaskState.CANCELLED, own.find(doomed.id()).orElseThrow().state());
        own.add(steps);
        bare.run();
        assertEquals(TaskState.DONE, own.find(task.id()).orElseThrow().state());
        own.remove(steps);
        own.remove(bare.boxes.operations());
        assertEquals(0, own.count());
    }

    @Test
    void parksWhileAStepSaysThatWhatItNeedsIsAbsent() {
        room.boxes.fault("a", 5, Boxes.Fault.NO_PROVIDER);
        Task<Painted> task = room.engine.start(PAINT, painting(5, "a"), ANN);
        room.run(Duration.ofSeconds(5));
        assertEquals(TaskState.PARKED, room.status(task.id()).state());
        assertTrue(room.status(task.id()).message().startsWith("nobody has a brush for "));
        room.boxes.faults.clear();
        room.run(Duration.ofSeconds(5));
        assertEquals(TaskState.DONE, room.status(task.id()).state());
    }

    @Test
    void refusesWhileFrozenUnlessToldOtherwise() {
        room.frozen = "acting is frozen by bob; end it with platform:unfreeze";
        VinestockException refused = refused(painting(5, "a"), ANN);
        assertEquals(ActError.FROZEN, refused.code());
        assertEquals(room.frozen, refused.getMessage());
        Task<Painted> despite = engine.start(PAINT, painting(5, "a"), new Request("ann", null, true));
        room.run();
        assertEquals(TaskState.DONE, room.status(despite.id()).state());
    }

    @Test
    void endsItsStepAndParksWhenAFreezeBegins() {
        boxes.perStep = Duration.ofSeconds(1);
        Task<Painted> task = engine.start(PAINT, painting(5, "a", "b"), ANN);
        room.run(Duration.ofMillis(500));
        room.frozen = "frozen";
        room.run();
        assertEquals(TaskState.PARKED, room.status(task.id()).state());
        assertEquals(5, boxes.color("a"));
        assertEquals(-1, boxes.color("b"));
        assertEquals(
                ActError.CLAIMED,
                refused(painting(5, "b"), new Request("ann", null, true)).code());
        room.frozen = null;
        engine.retryParked();
        room.run();
        assertEquals(TaskState.DONE, room.status(task.id()).state());
    }

    @Test
    void cancelsAParkedTask() {
        boxes.perStep = Duration.ofSeconds(1);
        Task<Painted> task = engine.start(PAINT, painting(5, "a", "b"), ANN);
        room.run(Duration.ofMillis(500));
        room.frozen = "frozen";
        room.run();
        engine.cancel(task.id());
        room.run();
        assertEquals(TaskState.PARKED, room.status(task.id()).state()); // taking back is acting, too
        room.frozen = null;
        engine.retryParked();
        room.run();
        assertEquals(TaskState.CANCELLED, room.status(task.id()).state());
        assertEquals(-1, boxes.color("a"));
    }

    @Test
    void previewsWithoutDoingAnything() {
        boxes.writeDirectly("a", 1);
        boxes.fault("b", 5, Fault.FAILS_BEFORE);
        var preview = engine.preview(PAINT, painting(5, "a", "b"));
        room.run();
        assertEquals(
                List.of(
                        new PlannedStep("paint a", "from 1 to 5"),
                        new PlannedStep("paint b", "would fail: no paint left for b")),
                Room.outcome(preview));
        assertEquals(1, boxes.color("a"));
        assertEquals(List.of(), boxes.log);
        assertEquals(0, engine.count());
        assertThrows(IllegalArgumentException.class, () -> engine.preview(PAINT, painting(5)));
    }

    @Test
    void answersARepeatedRequestWithTheFirstOnesTask() {
        Request once = new Request("ann", "k1", false);
        Task<Painted> task = engine.start(PAINT, painting(5, "a"), once);
        assertSame(task, engine.start(PAINT, painting(5, "a"), once));
        room.run();
        assertSame(task, engine.start(PAINT, painting(5, "a"), once));
        assertNotEquals(
                task.id(),
                engine.start(PAINT, painting(5, "a"), new Request("bob", "k1", false))
                        .id());
        String message = assertThrows(IllegalArgumentException.class, () -> engine.start(PAINT, painting(6, "a"), once))
                .getMessage();
        assertEquals(
                "idempotencyKey: \"k1\" was used for box.paint as task t-1 with other parameters; accepted: a new key for a new request",
                message);
    }

    @Test
    void tellsWatchersTheStatusNowAndTheLast() {
        boxes.perStep = Duration.ofSeconds(1);
        Task<Painted> task = engine.start(PAINT, painting(5, "a", "b"), ANN);
        List<String> told = new ArrayList<>();
        var lane = room.scheduler.lane("watcher");
        engine.watch(task.id(), lane, status -> told.add(status.state() + " " + status.step()));
        List<String> untilCancelled = new ArrayList<>();
        engine.watch(task.id(), lane, status -> untilCancelled.add(status.title()))
                .cancel();
        room.run();
        List<String> late = new ArrayList<>();
        engine.watch(task.id(), lane, status -> late.add(status.state().name()));
        engine.watch(new TaskId("t-77"), lane, status -> late.add("unknown"));
        room.run();
        assertTrue(told.contains("RUNNING 1") && told.contains("RUNNING 2"), told.toString());
        assertEquals("DONE 2", told.get(told.size() - 1));
        assertTrue(untilCancelled.size() <= 1, untilCancelled.toString());
        assertEquals(List.of("DONE"), late);
    }

    @Test
    void plansAnewWhenAnObjectChangedBetweenPlanAndClaim() {
        var disturbed = new org.vinestock.operation.Operation<Painting, Painted>() {
            private final Boxes.Paint paint = new Boxes.Paint();
            private int plans;

            @Override
            public OperationType<Painting, Painted> type() {
                return new OperationType<>("box.disturb", Painting.class, Painted.class, Role.OPERATOR, "");
            }

            @Override
            public Plan plan(Painting parameters, Planning planning) {
                plans++;
                Plan plan = paint.plan(parameters, planning);
                if (plans <= parameters.color()) {
                    boxes.writeDirectly("a", plans);
                }
                boxes.writeDirectly("other", plans);
                return plan;
            }

            @Override
            public Painted result(Painting parameters, Plan plan, org.vinestock.inventory.Snapshot after) {
                return new Painted(parameters.color(), plans);
            }
        };
        engine.add(Boxes.parts(List.of(disturbed), List.of()));
        Task<Painted> task = engine.start(disturbed.type(), painting(2, "a"), ANN);
        room.run();
        assertEquals(new Painted(2, 3), Room.outcome(task.result()));
        assertEquals(List.of(), boxes.found);
        VinestockException never =
                assertThrows(VinestockException.class, () -> engine.start(disturbed.type(), painting(1000, "a"), ANN));
        assertEquals(ActError.CLAIMED, never.code());
        assertEquals(0, engine.claims().size());
    }

    @Test
    void namesTheAreaWhoseProviderIsAbsent() {
        VinestockException absent = assertThrows(
                VinestockException.class,
                () -> engine.start(
                        new OperationType<>("disk.fork", TaskParts.Named.class, Painted.class, Role.ADMIN, ""),
                        new TaskParts.Named(new TaskId("a")),
                        ANN));
        assertEquals(ActError.NO_PROVIDER, absent.code());
        assertTrue(absent.getMessage().contains("no provider installed"), absent.getMessage());
    }

    @Test
    void takesAllPartsOfAnAreaOrNone() {
        assertThrows(IllegalArgumentException.class, () -> engine.add(boxes.operations()));
        assertEquals(List.of(PAINT), engine.types());
    }

    @Test
    void keepsTheStepsOfTheLastTasksThatEnded() {
        Room small = new Room(4, new Claims(), 2);
        List<TaskId> ids = new ArrayList<>();
        small.boxes.fault("b", 3, Fault.FAILS_BEFORE);
        for (int color = 0; color < 4; color++) {
            ids.add(small.engine.start(PAINT, painting(color, "a", "b"), ANN).id());
            small.run();
        }
        assertEquals(Optional.empty(), small.engine.find(ids.get(1)));
        assertEquals(Optional.empty(), small.engine.history(ids.get(1)));
        assertEquals(
                List.of(ids.get(3), ids.get(2)),
                small.engine.newest(10).stream().map(TaskStatus::id).toList());
        assertEquals(
                List.of(Phase.UNDONE, Phase.UNDONE),
                small.engine.history(ids.get(3)).orElseThrow().steps().stream()
                        .map(TaskHistory.StepHistory::phase)
                        .toList());
    }
}

package org.vinestock.kernel.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vinestock.kernel.act.Boxes.BOX;
import static org.vinestock.kernel.act.Boxes.PAINT;
import static org.vinestock.kernel.act.Boxes.painting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.permit.Mode;
import org.vinestock.kernel.permit.Modes;
import org.vinestock.kernel.strategies.Keeper;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.model.ObjectId;
import org.vinestock.operation.Controller;
import org.vinestock.operation.Next;
import org.vinestock.task.Request;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/** A controller that paints every box in color 2, as far as it may go by itself. */
class ModesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private Room room = new Room(1);
    private Modes modes = room.engine.restraints().modes();
    private boolean content;

    private void tidy() {
        Controller controller = new Controller() {
            @Override
            public String name() {
                return "box.tidy";
            }

            @Override
            public List<ObjectId> objects(Snapshot snapshot) {
                List<ObjectId> all = new ArrayList<>();
                snapshot.rows(BOX).forEach(box -> all.add(box.id()));
                return all;
            }

            @Override
            public List<ObjectId> wokenBy(Change change, Snapshot snapshot) {
                return change.kind().equals(BOX) ? List.of(change.id()) : List.of();
            }

            @Override
            public Next look(ObjectId object, Snapshot snapshot, Instant now) {
                return content || room.boxes.color(object.value()) == 2
                        ? new Next.Settled()
                        : new Next.Run<>(PAINT, painting(2, object.value()));
            }
        };
        ControllerRunner runner = new ControllerRunner(controller, room.scheduler, room.inventory, room.engine);
        runner.start();
        modes.onSet(runner::lookAtAll);
    }

    private void set(String cluster, Mode mode) {
        var unused = modes.set("tidy", cluster, mode, "ann");
        room.run(MINUTE);
    }

    private List<TaskStatus> tasks(TaskState state) {
        return room.engine.newest(100).stream()
                .filter(status -> status.state() == state)
                .toList();
    }

    @Test
    void actsUnlessToldOtherwise() {
        room.boxes.writeDirectly("a", 1);
        tidy();
        room.run(MINUTE);
        assertEquals(2, room.boxes.color("a"));
    }

    @Test
    void observingRecordsOnceWhatItWouldDo() {
        set(Modes.SITE, Mode.OBSERVE);
        room.boxes.writeDirectly("a", 1);
        tidy();
        for (int i = 0; i < 5; i++) {
            room.boxes.writeDirectly("a", 1);
            room.run(MINUTE);
        }
        assertEquals(1, room.boxes.color("a"));
        List<TaskStatus> observed = tasks(TaskState.OBSERVED);
        assertEquals(1, observed.size(), observed.toString());
        assertEquals("would paint a", observed.get(0).message());
        assertEquals(List.of(), room.boxes.log);
        set(Modes.SITE, Mode.ACT);
        assertEquals(2, room.boxes.color("a"));
    }

    /** Also between the task that only records, which may take its time, and the controller that is told of it. */
    @Test
    void actsAtWhateverMomentItIsAllowed() {
        for (int millis = 1; millis < 20; millis++) {
            room = new Room(
                    millis, scheduler -> new Room.Kept(slow(new MemoryTaskStore(100), scheduler), Counters.inMemory()));
            room.engine.add(room.boxes.operations());
            room.engine.add(room.steps);
            modes = room.engine.restraints().modes();
            set(Modes.SITE, Mode.OBSERVE);
            room.boxes.writeDirectly("a", 1);
            tidy();
            room.run(Duration.ofMillis(millis));
            set(Modes.SITE, Mode.ACT);
            room.run(MINUTE);
            assertEquals(2, room.boxes.color("a"), "allowed after " + millis + " ms");
        }
    }

    /** Records the end of a task in 10 ms. */
    private static TaskStore slow(TaskStore store, Scheduler scheduler) {
        Lane lane = scheduler.lane("slow");
        return new TaskStore() {
            @Override
            public CompletionStage<?> record(TaskEvent event) {
                CompletionStage<?> recorded = store.record(event);
                if (!(event instanceof TaskEvent.Ended)) {
                    return recorded;
                }
                CompletableFuture<Void> later = new CompletableFuture<>();
                scheduler.after(Duration.ofMillis(10), lane, () -> later.complete(null));
                return later;
            }

            @Override
            public Optional<TaskHistory> find(TaskId id) {
                return store.find(id);
            }

            @Override
            public List<TaskStatus> ended(int limit) {
                return store.ended(limit);
            }
        };
    }

    @Test
    void whatIsProposedGivesWayToWhatAPersonDoes() {
        set("attic", Mode.ADVISE);
        room.boxes.writeDirectly("a", 1);
        tidy();
        room.run(MINUTE);
        TaskStatus proposed = tasks(TaskState.PROPOSED).get(0);
        var ann = room.engine.start(PAINT, painting(2, "a"), new Request("ann"));
        room.run(MINUTE);
        assertEquals(2, room.boxes.color("a"));
        assertEquals("gave way to " + ann.id(), room.status(proposed.id()).message());
        assertEquals(List.of(), tasks(TaskState.PROPOSED));
    }

    @Test
    void advisingWaitsForApproval() {
        set("attic", Mode.ADVISE);
        room.boxes.writeDirectly("a", 1);
        tidy();
        room.run(MINUTE);
        TaskStatus proposed = tasks(TaskState.PROPOSED).get(0);
        assertEquals("waits for task:approve or task:reject; would paint a", proposed.message());
        assertEquals(1, room.boxes.color("a"));
        room.engine.approve(proposed.id());
        room.run(MINUTE);
        assertEquals(2, room.boxes.color("a"));
        assertEquals(TaskState.DONE, room.status(proposed.id()).state());
        assertThrows(IllegalArgumentException.class, () -> room.engine.approve(proposed.id()));
    }

    @Test
    void whatIsRejectedIsNotProposedAgain() {
        set(Modes.SITE, Mode.ADVISE);
        room.boxes.writeDirectly("a", 1);
        tidy();
        room.run(MINUTE);
        TaskStatus proposed = tasks(TaskState.PROPOSED).get(0);
        room.engine.reject(proposed.id(), "ann");
        room.run(Duration.ofHours(1));
        assertEquals(TaskState.CANCELLED, room.status(proposed.id()).state());
        assertEquals("rejected by ann", room.status(proposed.id()).message());
        assertEquals(List.of(), tasks(TaskState.PROPOSED));
        assertEquals(1, room.boxes.color("a"));
        set(Modes.SITE, Mode.ADVISE); // whoever sets it wants to see everything again
        assertEquals(1, tasks(TaskState.PROPOSED).size());
    }

    @Test
    void whatIsNoLongerToBeDoneIsTakenBack() {
        set(Modes.SITE, Mode.ADVISE);
        room.boxes.writeDirectly("a", 1);
        tidy();
        room.run(MINUTE);
        assertEquals(1, tasks(TaskState.PROPOSED).size());
        content = true;
        room.boxes.writeDirectly("a", 1);
        room.run(MINUTE);
        assertEquals(List.of(), tasks(TaskState.PROPOSED));
        assertEquals(1, tasks(TaskState.CANCELLED).size());
    }

    @Test
    void onlyWhatWasProposedIsDone() {
        set(Modes.SITE, Mode.ADVISE);
        room.boxes.writeDirectly("a", 1);
        tidy();
        room.run(MINUTE);
        TaskStatus proposed = tasks(TaskState.PROPOSED).get(0);
        room.boxes.writeDirectly("a", 3); // the plan was made for a box of color 1
        room.engine.approve(proposed.id());
        room.run(Duration.ofSeconds(1));
        assertEquals(TaskState.CANCELLED, room.status(proposed.id()).state());
        assertTrue(
                room.status(proposed.id()).message().startsWith("no longer what was proposed"),
                room.status(proposed.id()).message());
        assertEquals(3, room.boxes.color("a"));
        room.run(MINUTE);
        assertEquals(1, tasks(TaskState.PROPOSED).size());
    }

    @Test
    void whatWaitsIsDoneWhenItMayActAgain() {
        set(Modes.SITE, Mode.ADVISE);
        room.boxes.writeDirectly("a", 1);
        tidy();
        room.run(MINUTE);
        set(Modes.SITE, Mode.ACT);
        assertEquals(2, room.boxes.color("a"));
    }

    @Test
    void theMostCarefulClusterCounts() {
        var unused = modes.set("tidy", Modes.SITE, Mode.ADVISE, "ann");
        unused = modes.set("tidy", "c1", Mode.ACT, "ann");
        unused = modes.set("tidy", "c2", Mode.OBSERVE, "ann");
        assertEquals(Mode.ADVISE, modes.of("tidy", List.of()));
        assertEquals(Mode.ACT, modes.of("tidy", List.of("c1")));
        assertEquals(Mode.ADVISE, modes.of("tidy", List.of("c1", "c3")));
        assertEquals(Mode.OBSERVE, modes.of("tidy", List.of("c1", "c2", "c3")));
        assertEquals(Mode.ACT, modes.of("other", List.of("c2")));
    }

    @Test
    void isKeptAcrossRestarts() {
        StateLog log = StateLog.memory();
        var unused = new Modes(new Keeper(log, room.scheduler)).set("tidy", "c1", Mode.OBSERVE, "ann");
        room.run(MINUTE);
        Modes after = new Modes(new Keeper(log, room.scheduler));
        assertEquals(Mode.OBSERVE, after.of("tidy", List.of("c1")));
        assertEquals(List.of(new Modes.Line("tidy", "c1", Mode.OBSERVE)), after.lines());
    }
}

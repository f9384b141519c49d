package org.vinestock.kernel.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vinestock.kernel.act.Boxes.PAINT;
import static org.vinestock.kernel.act.Boxes.painting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.vinestock.audit.Deed;
import org.vinestock.kernel.act.Boxes.Fault;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.permit.Mode;
import org.vinestock.kernel.permit.Modes;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.model.VinestockException;
import org.vinestock.task.Request;
import org.vinestock.task.Task;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;

/** Tasks whose process dies at any moment: a later one goes on with them. */
class ResumedTasksTest {
    private static final JsonCodec CODEC = new JsonCodec();
    private static final int SEEDS = Integer.getInteger("vinestock.seeds", 60);

    @Test
    void goesOnWithTheStepAfterTheLastThatHappened() {
        Life first = new Life(1, null);
        first.room.boxes.perStep = Duration.ofMillis(10);
        TaskId id = first.start(5, "a", "b", "c");
        first.room.run(Duration.ofMillis(25));
        assertEquals(5, first.room.boxes.color("a"));
        assertEquals(-1, first.room.boxes.color("c"));

        Life second = new Life(2, first);
        assertEquals(TaskState.DONE, second.end(id).state());
        assertEquals(List.of("a", "b", "c"), second.boxes("a", "b", "c"), "each is painted");
        assertEquals(1, Collections.frequency(second.room.boxes.log, "apply a 5"), "what happened is not done again");
        assertEquals(new Boxes.Painted(5, 3), second.room.status(id).result());
    }

    @Test
    void doesAgainWhatTheWorldHasForgotten() {
        Life first = new Life(1, null);
        first.room.boxes.perStep = Duration.ofMillis(10);
        TaskId id = first.start(5, "a", "b", "c");
        first.room.run(Duration.ofMillis(30));
        assertEquals(List.of("a", "b"), first.boxes("a", "b", "c"));
        first.room.boxes.forget("b");

        Life second = new Life(2, first);
        assertEquals(TaskState.DONE, second.end(id).state());
        assertEquals(List.of("a", "b", "c"), second.boxes("a", "b", "c"));
        assertEquals(1, Collections.frequency(second.room.boxes.log, "apply a 5"));
        assertEquals(2, Collections.frequency(second.room.boxes.log, "apply b 5"));
    }

    @Test
    void looksOnceHoweverOftenItIsWokenMeanwhile() {
        Life first = new Life(1, null);
        first.room.boxes.perStep = Duration.ofMillis(10);
        TaskId id = first.start(5, "a", "b", "c");
        first.room.run(Duration.ofMillis(22));

        Life second = new Life(2, first, false);
        List.of("a", "b", "c").forEach(box -> second.room.boxes.fault(box, 5, Fault.NO_PROVIDER));
        second.room.boxes.probeAfter = Duration.ofMillis(10);
        second.room.engine.add(second.room.boxes.operations());
        second.room.engine.add(second.room.steps);
        second.room.run(Duration.ofMillis(50));
        assertEquals(TaskState.PARKED, second.room.status(id).state());
        second.room.boxes.faults.clear();
        for (int i = 0; i < 3; i++) {
            second.room.engine.retryParked();
            second.room.run(Duration.ofMillis(1));
        }
        assertEquals(TaskState.DONE, second.end(id).state());
        assertEquals(List.of("a", "b", "c"), second.boxes("a", "b", "c"), "each is painted");
        assertEquals(1, Collections.frequency(second.room.boxes.log, "apply c 5"));
    }

    @Test
    void holdsItsObjectsAndSaysWhatItWaitsForUntilItsAreaIsInstalled() {
        Life first = new Life(1, null);
        TaskId id = first.start(5, "a", "b");
        first.room.run(Duration.ofMillis(2));

        Life second = new Life(2, first, false);
        TaskStatus asleep = second.room.status(id);
        assertEquals(TaskState.PARKED, asleep.state());
        assertEquals("box: no provider installed; the task goes on when there is one", asleep.message());
        second.room.engine.add(second.room.boxes.operations());
        VinestockException claimed =
                org.junit.jupiter.api.Assertions.assertThrows(VinestockException.class, () -> second.start(6, "b"));
        assertTrue(claimed.getMessage().contains("in use by task " + id), claimed.getMessage());
        assertTrue(second.room.engine.cancel(id));
        assertTrue(second.room.status(id).message().startsWith("to be cancelled; "));
        second.room.engine.add(second.room.steps);
        assertEquals(TaskState.CANCELLED, second.end(id).state());
        assertEquals(-1, second.room.boxes.color("a"), "what was painted is taken back");
    }

    @Test
    void doesWhatAnEarlierProcessProposedOnceItIsApproved() {
        Life first = new Life(1, null);
        first.advises();
        TaskId id = first.room
                .engine
                .start(PAINT, painting(5, "a"), new Request("box/tidy", null, false, "tidy"))
                .id();
        first.room.run();
        assertEquals(TaskState.PROPOSED, first.room.status(id).state());

        Life second = new Life(2, first, false);
        second.advises();
        second.room.engine.add(second.room.boxes.operations());
        second.room.engine.add(second.room.steps);
        assertEquals(TaskState.PROPOSED, second.end(id).state());
        second.room.engine.approve(id);
        TaskStatus end = second.end(id);
        assertEquals(TaskState.DONE, end.state(), end.message());
        assertEquals(5, second.room.boxes.color("a"));
    }

    @Test
    void remembersWhatEndedWithItsResult() {
        Life first = new Life(1, null);
        TaskId done = first.start(5, "a");
        first.room.boxes.fault("b", 6, Fault.FAILS_BEFORE);
        TaskId failed = first.start(6, "b");
        first.room.run();
        TaskStatus before = first.room.status(done);
        Life second = new Life(2, first);
        assertEquals(before, second.room.status(done));
        assertEquals(first.room.status(failed), second.room.status(failed));
        TaskHistory was = first.room.engine.history(done).orElseThrow();
        TaskHistory is = second.room.engine.history(done).orElseThrow();
        assertEquals(was.steps(), is.steps());
        assertEquals(was.accepted().parameters(), is.accepted().parameters());
        assertEquals(was.accepted().plan().steps(), is.accepted().plan().steps());
        assertEquals(
                List.of(failed, done),
                second.room.engine.newest(10).stream().map(TaskStatus::id).toList());
    }

    @Test
    void knowsARequestOfAnEarlierProcessByItsKey() {
        Life first = new Life(1, null);
        Request keyed = new Request("ann", "key-1", false);
        Task<Boxes.Painted> task = first.room.engine.start(PAINT, painting(5, "a"), keyed);
        assertFalse(task.accepted().toCompletableFuture().isDone(), "nothing is durable yet");
        first.room.run();
        assertTrue(task.accepted().toCompletableFuture().isDone());

        Life second = new Life(2, first);
        Task<Boxes.Painted> again = second.room.engine.start(PAINT, painting(5, "a"), keyed);
        second.room.run();
        assertEquals(task.id(), again.id());
        assertEquals(new Boxes.Painted(5, 1), Room.outcome(again.result()));
        IllegalArgumentException other = assertThrows(
                IllegalArgumentException.class, () -> second.room.engine.start(PAINT, painting(6, "a"), keyed));
        assertTrue(other.getMessage().startsWith("idempotencyKey: \"key-1\" was used for box.paint as task t-1"));
    }

    @Test
    void tellsTheAuditWhatPeopleStartedAndHowItEndedAndNothingElse() {
        Life first = new Life(1, null);
        first.room.engine.start(PAINT, painting(5, "a", "b"), new Request("ann"));
        first.room.engine.start(PAINT, painting(6, "c"), new Request("lab/arrivals"));
        first.room.boxes.fault("d", 7, Fault.FAILS_BEFORE);
        first.room.engine.start(PAINT, painting(7, "d"), new Request("bob", null, true));
        first.room.run();
        assertEquals(
                List.of(
                        new Deed("ann", "box.paint", "a b", "t-1 accepted: {\"boxes\":[\"a\",\"b\"],\"color\":5}"),
                        new Deed(
                                "bob",
                                "box.paint",
                                "d",
                                "t-3 accepted despite a freeze: {\"boxes\":[\"d\"],\"color\":7}"),
                        new Deed("ann", "box.paint", "a b", "t-1 DONE"),
                        new Deed("bob", "box.paint", "d", "t-3 FAILED: " + message(first, "t-3"))),
                first.journal.told());
    }

    private static String message(Life life, String task) {
        return life.room.status(new TaskId(task)).message();
    }

    @Test
    void keepsItsPromisesThroughManyDeaths() {
        int resumed = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Lives lives = new Lives(seed);
            lives.play();
            assertEquals(List.of(), lives.problems(), "seed " + seed);
            resumed += lives.resumed;
        }
        assertTrue(resumed > SEEDS, "hardly ever was a task resumed: " + resumed);
    }

    @Test
    void findsAnEngineThatForgetsWhatItReserved() {
        int found = 0;
        for (long seed = 1; seed <= 10; seed++) {
            Lives lives = new Lives(seed);
            lives.forgetReservations = true;
            lives.play();
            found += lives.problems().isEmpty() ? 0 : 1;
        }
        assertTrue(found > 0, "epochs and ids began anew, and nobody noticed");
    }

    /** One process. */
    private static class Life {
        final SlowJournal journal;
        final Room room;

        Life(long seed, Life before) {
            this(seed, before, true);
        }

        Life(long seed, Life before, boolean area) {
            this(seed, before, area, false);
        }

        Life(long seed, Life before, boolean area, boolean forgetReservations) {
            SlowJournal[] made = new SlowJournal[1];
            Function<SimulatedScheduler, Room.Kept> stores = scheduler -> {
                made[0] = before == null ? new SlowJournal(scheduler) : before.journal.after(scheduler);
                return new Room.Kept(
                        new JournalTaskStore(made[0], CODEC, 10_000, made[0].lines(JournalTaskStore.TASKS)),
                        Counters.in(made[0], forgetReservations ? List.of() : made[0].lines(Counters.STREAM)));
            };
            room = before == null ? new Room(seed, stores) : new Room(seed, before.room, stores);
            journal = made[0];
            if (area) {
                room.engine.add(room.boxes.operations());
                room.engine.add(room.steps);
            }
        }

        /** What the function {@code tidy} wants to do waits for a person. */
        void advises() {
            var unused = room.engine.restraints().modes().set("tidy", Modes.SITE, Mode.ADVISE, "ann");
        }

        TaskId start(int color, String... boxes) {
            return room.engine
                    .start(PAINT, painting(color, boxes), new Request("ann"))
                    .id();
        }

        TaskStatus end(TaskId id) {
            room.run();
            return room.status(id);
        }

        /** Those of the boxes that are painted. */
        List<String> boxes(String... names) {
            return List.of(names).stream()
                    .filter(name -> room.boxes.color(name) >= 0)
                    .toList();
        }
    }

    /** Several processes, one after the other. */
    private static final class Lives {
        private final RandomGenerator random;
        private final long seed;
        private final Map<TaskId, Boxes.Painting> tasks = new LinkedHashMap<>();
        private final List<String> problems = new ArrayList<>();
        private boolean forgetReservations;
        private Life life;
        private int resumed;

        Lives(long seed) {
            this.seed = seed;
            life = new Life(seed, null);
            life.room.boxes.perStep = Duration.ofMillis(2);
            random = life.room.scheduler.random("story");
        }

        void play() {
            for (int death = 0; death < 6; death++) {
                Map<TaskId, Boxes.Painting> started = new LinkedHashMap<>();
                for (int i = 0; i < 12; i++) {
                    startOne(death * 12 + i, started);
                    if (random.nextInt(6) == 0) {
                        List<TaskId> ids = new ArrayList<>(started.keySet());
                        ids.addAll(tasks.keySet());
                        life.room.engine.cancel(ids.get(random.nextInt(ids.size())));
                    }
                    life.room.run(Duration.ofNanos(random.nextInt(6_000_000)));
                }
                TreeSet<String> known = new TreeSet<>();
                life.journal.lines(JournalTaskStore.TASKS).forEach(line -> known.add(line.key()));
                started.forEach((id, painting) -> {
                    if (known.contains(id.value()) && tasks.put(id, painting) != null) {
                        problems.add(id + " was given twice");
                    }
                });
                problems.addAll(life.room.laneFailures);
                life = new Life(seed * 100 + death, life, true, forgetReservations);
                resumed += life.room.engine.count();
            }
            life.room.run();
        }

        private void startOne(int color, Map<TaskId, Boxes.Painting> started) {
            TreeSet<String> names = new TreeSet<>();
            int count = random.nextInt(1, 4);
            while (names.size() < count) {
                names.add(String.valueOf((char) ('a' + random.nextInt(6))));
            }
            if (random.nextInt(3) == 0) {
                life.room.boxes.fault(
                        names.last(), color, random.nextBoolean() ? Fault.FAILS_BEFORE : Fault.FAILS_AFTER);
            }
            Boxes.Painting painting = painting(color, names.toArray(String[]::new));
            try {
                Task<Boxes.Painted> task = life.room.engine.start(PAINT, painting, new Request("ann"));
                if (started.put(task.id(), painting) != null) {
                    problems.add(task.id() + " was given twice in one life");
                }
            } catch (VinestockException e) {
                if (e.code() != ActError.CLAIMED) {
                    problems.add(e.toString());
                }
            }
        }

        List<String> problems() {
            problems.addAll(life.room.boxes.found);
            Map<String, Integer> expected = new LinkedHashMap<>();
            List<TaskStatus> ended = new ArrayList<>(life.room.engine.newest(10_000));
            Collections.reverse(ended);
            TreeSet<String> told = new TreeSet<>();
            for (TaskStatus status : ended) {
                told.add(status.id().value());
                Boxes.Painting painting = tasks.get(status.id());
                if (!status.state().ended()) {
                    problems.add(status.id() + " is " + status.state() + ": " + status.message());
                } else if (painting == null) {
                    problems.add(status.id() + " was never durable, and is " + status.state());
                } else if (status.state() == TaskState.DONE) {
                    painting.boxes().forEach(box -> expected.put(box.value(), painting.color()));
                }
            }
            tasks.keySet().stream()
                    .filter(id -> !told.contains(id.value()))
                    .forEach(id -> problems.add(id + " is lost"));
            for (String box : List.of("a", "b", "c", "d", "e", "f")) {
                int should = expected.getOrDefault(box, -1);
                if (life.room.boxes.color(box) != should) {
                    problems.add(box + " is painted " + life.room.boxes.color(box) + ", should be " + should);
                }
            }
            for (TaskId id : tasks.keySet()) {
                List<String> rows = life.journal.told().stream()
                        .map(Deed::details)
                        .filter(details -> details.startsWith(id + " "))
                        .toList();
                if (rows.size() != 2 || !rows.get(0).startsWith(id + " accepted")) {
                    problems.add("of " + id + " the audit was told " + rows);
                }
            }
            if (life.room.engine.claims().size() != 0) {
                problems.add(life.room.engine.claims().size() + " claims are left");
            }
            return problems;
        }
    }
}

package org.vinestock.kernel.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.vinestock.kernel.act.Boxes.Fault;
import org.vinestock.model.Lease;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VinestockException;
import org.vinestock.task.Request;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;

/** Many tasks at once on few boxes, with faults, cancels, freezes and a provider that comes and goes, by seed. */
class TaskSeedsTest {
    private static final int SEEDS = Integer.getInteger("vinestock.seeds", 100);
    private static final int TASKS = 60;

    @Test
    void keepsItsPromisesUnderEverySeed() {
        TreeSet<TaskState> seen = new TreeSet<>();
        int refused = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Story story = new Story(seed, new Claims());
            story.play();
            assertEquals(List.of(), story.problems(), "seed " + seed);
            story.tasks.keySet().forEach(id -> seen.add(story.room.status(id).state()));
            refused += story.refused;
        }
        assertEquals(new TreeSet<>(List.of(TaskState.DONE, TaskState.FAILED, TaskState.CANCELLED)), seen);
        assertTrue(refused > SEEDS, "hardly ever was a box in use: " + refused);
    }

    @Test
    void doesTheSameTwiceUnderOneSeed() {
        Story one = new Story(7, new Claims());
        one.play();
        Story other = new Story(7, new Claims());
        other.play();
        assertEquals(one.room.boxes.log, other.room.boxes.log);
        Story third = new Story(8, new Claims());
        third.play();
        assertFalse(one.room.boxes.log.equals(third.room.boxes.log));
    }

    @Test
    void findsClaimsThatAreNotExclusive() {
        assertFound(() -> new Claims() {
            @Override
            synchronized List<Lease> take(List<ObjectId> objects, String holder) {
                List<Lease> all = new ArrayList<>();
                for (ObjectId object : objects) {
                    release(List.of(holder(object) == null ? new Lease(object, "", 0) : holder(object)));
                    all.addAll(super.take(List.of(object), holder));
                }
                return all;
            }
        });
    }

    @Test
    void findsEpochsThatDoNotGrow() {
        assertFound(() -> new Claims() {
            @Override
            synchronized List<Lease> take(List<ObjectId> objects, String holder) {
                return super.take(objects, holder).stream()
                        .map(lease -> new Lease(lease.object(), lease.holder(), 1))
                        .toList();
            }

            @Override
            synchronized void release(List<Lease> leases) {
                leases.forEach(lease -> super.release(List.of(holder(lease.object()))));
            }
        });
    }

    @Test
    void findsLeasesThatAreNotGivenBack() {
        assertFound(() -> new Claims() {
            @Override
            synchronized void release(List<Lease> leases) {
                super.release(leases.subList(0, leases.size() / 2));
            }
        });
    }

    @Test
    void findsAnUndoThatLeavesSomethingBehind() {
        assertFound(seed -> {
            Story story = new Story(seed, new Claims());
            story.forgetful = true;
            return story;
        });
    }

    @Test
    void findsSomebodyWhoPaintsWithoutAClaim() {
        assertFound(seed -> {
            Story story = new Story(seed, new Claims());
            story.room.scheduler.after(
                    Duration.ofMillis(20),
                    story.room.scheduler.lane("vandal"),
                    () -> List.of("a", "b", "c").forEach(box -> story.room.boxes.writeDirectly(box, 5000)));
            return story;
        });
    }

    private static void assertFound(Supplier<Claims> faulty) {
        assertFound(seed -> new Story(seed, faulty.get()));
    }

    /** A planted fault is found by one of ten seeds at least; a later task may paint over what is wrong. */
    private static void assertFound(LongFunction<Story> faulty) {
        int found = 0;
        for (long seed = 1; seed <= 10; seed++) {
            Story story = faulty.apply(seed);
            story.play();
            found += story.problems().isEmpty() ? 0 : 1;
        }
        assertTrue(found > 0, "found by none of 10 seeds");
    }

    /** One run. */
    private static final class Story {
        private final Room room;
        private final RandomGenerator random;
        private final Map<TaskId, Boxes.Painting> tasks = new LinkedHashMap<>();
        private final List<String> more = new ArrayList<>();
        private boolean forgetful;
        private int refused;

        Story(long seed, Claims claims) {
            room = new Room(seed, claims, 10_000);
            room.boxes.perStep = Duration.ofMillis(2);
            random = room.scheduler.random("story");
        }

        void play() {
            boolean steps = true;
            for (int i = 0; i < TASKS; i++) {
                startOne(i);
                if (random.nextInt(8) == 0 && !tasks.isEmpty()) {
                    List<TaskId> ids = List.copyOf(tasks.keySet());
                    room.engine.cancel(ids.get(random.nextInt(ids.size())));
                }
                if (random.nextInt(12) == 0) {
                    room.frozen = "frozen";
                } else if (random.nextInt(3) == 0 && room.frozen != null) {
                    room.frozen = null;
                    room.engine.retryParked();
                }
                if (random.nextInt(10) == 0) {
                    steps = !steps;
                    if (steps) {
                        room.engine.add(room.steps);
                    } else {
                        room.engine.remove(room.steps);
                    }
                }
                room.run(Duration.ofNanos(random.nextInt(5_000_000)));
            }
            if (!steps) {
                room.engine.add(room.steps);
            }
            room.frozen = null;
            room.engine.retryParked();
            room.run();
        }

        private void startOne(int color) {
            int count = random.nextInt(1, 4);
            TreeSet<String> names = new TreeSet<>();
            while (names.size() < count) {
                names.add(String.valueOf((char) ('a' + random.nextInt(6))));
            }
            Fault fault = random.nextInt(3) == 0
                    ? List.of(Fault.FAILS_BEFORE, Fault.FAILS_AFTER, Fault.THROWS, Fault.RETURNS_NULL)
                            .get(random.nextInt(4))
                    : Fault.NONE;
            if (fault != Fault.NONE) {
                room.boxes.fault(names.last(), color, fault);
                if (forgetful) {
                    room.boxes.fault(names.first(), color, Fault.FORGETS_TO_UNDO);
                }
            }
            Boxes.Painting painting = painting(color, names.toArray(String[]::new));
            try {
                tasks.put(room.engine.start(PAINT, painting, new Request("ann")).id(), painting);
            } catch (VinestockException e) {
                refused++;
                if (e.code() != ActError.CLAIMED && e.code() != ActError.FROZEN) {
                    more.add(e.toString());
                }
            }
        }

        /** What is wrong now that everything came to rest. */
        List<String> problems() {
            List<String> problems = new ArrayList<>(room.boxes.found);
            problems.addAll(more);
            Map<String, Integer> expected = new LinkedHashMap<>();
            for (TaskStatus status : endedInOrder()) {
                if (!status.state().ended()) {
                    problems.add(status.id() + " is " + status.state() + ": " + status.message());
                } else if (status.state() == TaskState.DONE) {
                    Boxes.Painting painting = tasks.get(status.id());
                    painting.boxes().forEach(box -> expected.put(box.value(), painting.color()));
                }
            }
            for (String box : List.of("a", "b", "c", "d", "e", "f")) {
                int should = expected.getOrDefault(box, -1);
                if (room.boxes.color(box) != should) {
                    problems.add(box + " is painted " + room.boxes.color(box) + ", should be " + should);
                }
            }
            if (room.engine.claims().size() != 0) {
                problems.add(room.engine.claims().size() + " claims are left");
            }
            if (room.engine.count() != 0) {
                problems.add(room.engine.count() + " tasks go on");
            }
            return problems;
        }

        private List<TaskStatus> endedInOrder() {
            List<TaskStatus> newestFirst = new ArrayList<>(room.engine.newest(10_000));
            Collections.reverse(newestFirst);
            return newestFirst;
        }
    }
}

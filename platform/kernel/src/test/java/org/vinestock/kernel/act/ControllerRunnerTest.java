package org.vinestock.kernel.act;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vinestock.kernel.act.Boxes.BOX;
import static org.vinestock.kernel.act.Boxes.PAINT;
import static org.vinestock.kernel.act.Boxes.painting;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.act.Boxes.Fault;
import org.vinestock.model.ObjectId;
import org.vinestock.operation.Controller;
import org.vinestock.operation.Next;
import org.vinestock.task.Request;

class ControllerRunnerTest {
    private final Room room = new Room(1);
    private final List<String> looks = new ArrayList<>();

    private ControllerRunner run(Function<Boxes.BoxId, Next> look) {
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
                looks.add(object.value());
                return look.apply((Boxes.BoxId) object);
            }
        };
        ControllerRunner runner = new ControllerRunner(controller, room.scheduler, room.inventory, room.engine);
        runner.start();
        return runner;
    }

    @Test
    void looksOnceAtEverythingAndThenAtWhatAChangeWakes() {
        for (int i = 0; i < 200; i++) {
            room.boxes.writeDirectly("box-" + i, 1);
        }
        ControllerRunner runner = run(box -> new Next.Settled());
        room.run();
        assertEquals(200, looks.size());
        looks.clear();
        room.boxes.writeDirectly("box-7", 2);
        room.boxes.writeDirectly("box-7", 3);
        room.run();
        assertEquals(List.of("box-7"), looks);
        looks.clear();
        runner.close();
        room.run();
        room.boxes.writeDirectly("box-7", 4);
        room.run();
        assertEquals(List.of(), looks);
    }

    @Test
    void runsWhatTheControllerNamesAndLooksAgainWhenItEnds() {
        room.boxes.writeDirectly("a", 1);
        run(box -> room.boxes.color("a") == 2 ? new Next.Settled() : new Next.Run<>(PAINT, painting(2, box.value())));
        room.run();
        assertEquals(2, room.boxes.color("a"));
        assertEquals(List.of("apply a 2"), room.boxes.log);
        assertEquals("box/tidy", room.engine.newest(1).get(0).by());
    }

    @Test
    void runsOnceARevision() {
        room.boxes.writeDirectly("a", 1);
        room.boxes.perStep = Duration.ofSeconds(1);
        // Never content; and another box, which it does not look after, is painted in the same color as before.
        run(box -> new Next.Run<>(PAINT, painting(1, box.value())));
        room.run(Duration.ofSeconds(10));
        int first = room.boxes.log.size();
        assertTrue(first >= 1 && first <= 11, "ran " + first + " times in ten seconds, of a second each");
    }

    @Test
    void pausesLongerAfterEachFailure() {
        room.boxes.writeDirectly("a", 1);
        room.boxes.fault("a", 2, Fault.FAILS_AFTER);
        run(box -> new Next.Run<>(PAINT, painting(2, box.value())));
        room.run(Duration.ofMinutes(10));
        long tries = room.boxes.log.stream().filter("apply a 2"::equals).count();
        assertTrue(tries >= 10 && tries <= 20, tries + " tries in ten minutes");
        assertEquals(1, room.boxes.color("a"));
    }

    @Test
    void triesAgainAfterAFailureThoughNothingChanged() {
        room.boxes.writeDirectly("a", 1);
        room.boxes.fault("a", 2, Fault.OUT_OF_PAINT);
        run(box -> room.boxes.color("a") == 2 ? new Next.Settled() : new Next.Run<>(PAINT, painting(2, box.value())));
        room.run(Duration.ofMillis(500));
        long revision = room.inventory.head().ref().revision();
        room.run(Duration.ofMinutes(1));
        assertEquals(revision, room.inventory.head().ref().revision());
        room.boxes.fault("a", 2, Fault.NONE);
        room.run(Duration.ofMinutes(5));
        assertEquals(2, room.boxes.color("a"));
    }

    @Test
    void triesAgainWhenTheObjectIsInUseOrActingIsFrozen() {
        room.boxes.writeDirectly("a", 1);
        room.boxes.perStep = Duration.ofSeconds(5);
        room.engine.start(PAINT, painting(7, "a"), new Request("ann"));
        run(box -> room.boxes.color("a") == 2 ? new Next.Settled() : new Next.Run<>(PAINT, painting(2, box.value())));
        room.run(Duration.ofSeconds(4));
        assertEquals(1, room.boxes.color("a"));
        room.frozen = "frozen";
        room.run(Duration.ofMinutes(5));
        assertEquals(7, room.boxes.color("a"));
        room.frozen = null;
        room.engine.retryParked();
        room.run();
        assertEquals(2, room.boxes.color("a"));
    }

    @Test
    void looksAgainAfterAWhileOnceWhateverWakesIt() {
        room.boxes.writeDirectly("a", 1);
        List<Instant> times = new ArrayList<>();
        run(box -> {
            times.add(room.scheduler.instant());
            return times.size() < 4 ? new Next.LookAgain(Duration.ofSeconds(30)) : new Next.Settled();
        });
        room.run(Duration.ofSeconds(10));
        room.boxes.writeDirectly("a", 2);
        room.run();
        List<Long> seconds = times.stream()
                .map(time -> Duration.between(Room.START, time).toSeconds())
                .toList();
        assertEquals(List.of(0L, 10L, 40L, 70L), seconds);
    }

    @Test
    void goesOnAfterAControllerThrew() {
        room.boxes.writeDirectly("a", 1);
        room.boxes.writeDirectly("b", 1);
        run(box -> {
            if (box.value().equals("a")) {
                throw new IllegalStateException("a defect");
            }
            return new Next.Settled();
        });
        room.run();
        assertEquals(List.of("a", "b"), looks);
    }

    /** As when a zone is lost: thousands of objects want a task in the same moment. */
    @Test
    void startsOnlySoManyTasksAtOnce() {
        int boxes = 3 * Outstanding.MOST;
        for (int i = 0; i < boxes; i++) {
            room.boxes.writeDirectly("box-" + i, 1);
        }
        room.boxes.perStep = Duration.ofSeconds(1);
        runPainting();
        int most = 0;
        for (int second = 0; second < 30; second++) {
            room.run(Duration.ofMillis(500));
            most = Math.max(most, room.engine.count());
        }
        assertEquals(Outstanding.MOST, most);
        assertEquals(boxes, painted(boxes));
    }

    @Test
    void goesOnWithOthersWhileTasksOnlyWait() {
        int boxes = 2 * Outstanding.MOST;
        for (int i = 0; i < boxes; i++) {
            room.boxes.writeDirectly("box-" + i, 1);
        }
        room.engine.remove(room.steps); // who paints is not there
        runPainting();
        room.run(Duration.ofSeconds(10));
        assertEquals(boxes, room.engine.count());
        assertEquals(0, painted(boxes));
        room.engine.add(room.steps);
        room.run(Duration.ofMinutes(1));
        assertEquals(boxes, painted(boxes));
    }

    private void runPainting() {
        run(box -> room.boxes.color(box.value()) == 2
                ? new Next.Settled()
                : new Next.Run<>(PAINT, painting(2, box.value())));
    }

    private int painted(int boxes) {
        int painted = 0;
        for (int i = 0; i < boxes; i++) {
            painted += room.boxes.color("box-" + i) == 2 ? 1 : 0;
        }
        return painted;
    }
}

package org.vinestock.disk.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.vinestock.disk.DiskOperations;
import org.vinestock.disk.DiskOperations.CheckDisk;
import org.vinestock.disk.DiskOperations.ConvertDisk;
import org.vinestock.disk.DiskOperations.CreateDisk;
import org.vinestock.disk.DiskOperations.ImportDisk;
import org.vinestock.disk.DiskOperations.OneDisk;
import org.vinestock.disk.DiskOperations.ResizeDisk;
import org.vinestock.disk.DiskOperations.ServeDisk;
import org.vinestock.disk.provider.row.Unfinished;
import org.vinestock.disk.provider.site.DiskSite;
import org.vinestock.disk.provider.site.ForgetfulInventory;
import org.vinestock.disk.provider.site.VmArea;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.operation.OperationType;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;
import org.vinestock.testkit.Seeds;

/** Whatever people ask, whatever fails and whoever dies: at rest files and rows are the same. */
class DiskStoriesTest {
    private static final int ROUNDS = 60;

    @TestFactory
    Stream<DynamicTest> filesAndRowsAreTheSameAtRest() {
        return Seeds.of(DiskStoriesTest.class, 60, seed -> {
            Story story = new Story(new DiskSite(seed, Duration.ofMillis(20)), seed);
            story.tell();
            assertEquals(List.of(), story.wrongs(), () -> story.site.site.end());
        });
    }

    @Test
    void tellsOfManyThings() {
        int done = 0;
        int failed = 0;
        for (long seed = 1; seed <= 20; seed++) {
            Story story = new Story(new DiskSite(seed, Duration.ofMillis(20)), seed);
            story.tell();
            for (TaskStatus task : story.tasks()) {
                if (task.state() == TaskState.DONE) {
                    done++;
                } else {
                    failed++;
                }
            }
        }
        assertTrue(done > 100 && failed > 50, done + " tasks were done, " + failed + " not");
    }

    @Test
    void findsAnAreaThatDoesNotNoteWhatItBegins() {
        boolean found = false;
        for (long seed = 1; seed <= 300 && !found; seed++) {
            DiskSite forgetful = new DiskSite(seed, Duration.ofMillis(20), ForgetfulInventory::new);
            Story story = new Story(forgetful, seed);
            story.tell();
            found = !story.wrongs().isEmpty();
        }
        assertTrue(found, "files were left behind, and nobody noticed");
    }

    private static final class Story {
        final DiskSite site;
        private final RandomGenerator random;

        Story(DiskSite site, long seed) {
            this.site = site;
            random = site.site.scheduler().random("story " + seed);
            site.plane.put("/iso/debian.qcow2", "qcow2", 1 << 20);
        }

        void tell() {
            for (int round = 0; round < ROUNDS; round++) {
                if (random.nextInt(4) == 0) {
                    happen();
                } else {
                    ask();
                }
                site.run(Duration.ofMillis(random.nextInt(120)));
            }
            if (!site.site.alive()) {
                site.boot();
            }
            site.plane.heal();
            site.run(Duration.ofMinutes(5));
            for (Unfinished left : site.site.head().rows(Unfinished.KIND)) {
                start(DiskOperations.DELETE, new OneDisk(left.id())); // of a task that could not take it back
            }
            site.run(Duration.ofMinutes(1));
        }

        List<TaskStatus> tasks() {
            return site.site.tasks().newest(10_000);
        }

        List<String> wrongs() {
            List<String> wrongs = new ArrayList<>(site.wrongs());
            for (TaskStatus task : tasks()) {
                if (!task.state().ended()) {
                    wrongs.add("it goes on: " + task);
                }
            }
            return wrongs;
        }

        private void happen() {
            switch (random.nextInt(6)) {
                case 0 -> {
                    site.die();
                    site.run(Duration.ofMillis(random.nextInt(2) * 40L));
                    site.boot();
                }
                case 1 -> {
                    site.plane.answers = false;
                    site.run(Duration.ofMillis(random.nextInt(5_000)));
                    site.plane.answers = true;
                }
                case 2 -> site.plane.fail(any("create", "createOverlay", "copy", "piece", "serve", "check"), 1);
                case 3 -> cancelOne();
                case 4 -> site.plane.exports.clear();
                default -> site.run(Duration.ofSeconds(random.nextInt(25)));
            }
        }

        private void cancelOne() {
            List<TaskId> going = tasks().stream()
                    .filter(task -> !task.state().ended())
                    .map(TaskStatus::id)
                    .toList();
            if (!going.isEmpty()) {
                site.site.tasks().cancel(going.get(random.nextInt(going.size())));
            }
        }

        private void ask() {
            DiskId id = disk();
            switch (random.nextInt(11)) {
                case 0, 1 -> start(DiskOperations.CREATE, DiskSite.empty(id.value(), size()));
                case 2 -> start(DiskOperations.CREATE, new CreateDisk(id, null, disk(), "qcow2", null, Labels.NONE));
                case 3 ->
                    start(
                            DiskOperations.IMPORT,
                            new ImportDisk(
                                    id, "/iso/debian.qcow2", "", any("raw", "qcow2"), "none", null, Labels.NONE));
                case 4 ->
                    start(
                            DiskOperations.CONVERT,
                            new ConvertDisk(disk(), id, any("raw", "qcow2"), "none", Labels.NONE));
                case 5 -> start(DiskOperations.DELETE, new OneDisk(id));
                case 6 -> start(DiskOperations.RESIZE, new ResizeDisk(id, size(), random.nextBoolean()));
                case 7 -> start(DiskOperations.SERVE, new ServeDisk(id, random.nextBoolean()));
                case 8 -> start(DiskOperations.UNSERVE, new OneDisk(id));
                case 9 -> askOfVm();
                default -> start(DiskOperations.CHECK, new CheckDisk(id, random.nextBoolean()));
            }
        }

        private void askOfVm() {
            String vm = any("vm-1", "vm-2");
            if (random.nextInt(3) == 0) {
                start(VmArea.DESTROY, new VmArea.DestroyVm(new VmId(vm), random.nextBoolean()));
            } else if (random.nextBoolean()) {
                start(VmArea.BUILD, DiskSite.vm(vm, random.nextInt(3) == 0));
            } else {
                start(
                        VmArea.BUILD,
                        DiskSite.vm(
                                vm, random.nextInt(3) == 0, DiskSite.plugged(disk().value(), random.nextBoolean())));
            }
        }

        private <P extends Record> void start(OperationType<P, ?> type, P parameters) {
            try {
                site.start(type, parameters);
            } catch (RuntimeException refused) {
                assertTrue(!String.valueOf(refused.getMessage()).isEmpty(), refused::toString); // said in words
            }
        }

        private DiskId disk() {
            return DiskSite.id(any("a", "b", "c", "d"));
        }

        private ByteCount size() {
            return new ByteCount((1L + random.nextInt(4)) << 20);
        }

        private String any(String... of) {
            return of[random.nextInt(of.length)];
        }
    }
}

package org.vinestock.disk.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskOperations;
import org.vinestock.disk.DiskOperations.CheckDisk;
import org.vinestock.disk.DiskOperations.ConvertDisk;
import org.vinestock.disk.DiskOperations.CreateDisk;
import org.vinestock.disk.DiskOperations.DiskMade;
import org.vinestock.disk.DiskOperations.DiskServed;
import org.vinestock.disk.DiskOperations.ImportDisk;
import org.vinestock.disk.DiskOperations.OneDisk;
import org.vinestock.disk.DiskOperations.ResizeDisk;
import org.vinestock.disk.DiskOperations.ServeDisk;
import org.vinestock.disk.DiskSource;
import org.vinestock.disk.DiskSteps;
import org.vinestock.disk.provider.site.DiskSite;
import org.vinestock.disk.provider.site.HandMadePlane;
import org.vinestock.disk.provider.site.VmArea;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;

class DisksTest {
    private static final ByteCount HALF = new ByteCount(512L << 20);
    private static final ByteCount TWO_GIB = ByteCount.ofGib(2);

    private final DiskSite site = new DiskSite(7);

    @AfterEach
    void filesAndRowsAreTheSame() {
        site.assertWhole();
    }

    private HandMadePlane.Image image(String file) {
        return site.plane.files.get(HandMadePlane.FOLDER + "/" + file);
    }

    @Test
    void makesAnEmptyDisk() {
        DiskMade made = site.done(
                DiskOperations.CREATE,
                new CreateDisk(DiskSite.id("a"), DiskSite.GIB, null, "raw", null, Labels.of("app", "web")));

        assertEquals(new DiskMade(DiskSite.id("a"), DiskSite.HOST, "raw", DiskSite.GIB, "/disks/a.raw"), made);
        assertEquals("zeroes", image("a.raw").content);
        Disk row = site.disk("a").orElseThrow();
        assertEquals(Labels.of("app", "web"), row.labels());
        assertEquals(Disk.Serve.NO, row.serve());
    }

    @Test
    void makesAnOverlayAndKeepsItsParentAsItIs() {
        site.created("debian").overlaid("a", "debian").overlaid("b", "debian");

        assertEquals("/disks/debian.qcow2", image("a.qcow2").backing);
        assertEquals(
                "disk debian has 2 overlays: a, b; what it holds must stay as it is",
                site.failed(DiskOperations.RESIZE, new ResizeDisk(DiskSite.id("debian"), TWO_GIB, false)));
        assertEquals(
                "disk debian has 2 overlays: a, b; delete those first", site.failed(DiskOperations.DELETE, "debian"));
        assertEquals(
                "disk debian has 2 overlays: a, b; what it holds must stay as it is",
                site.failed(DiskOperations.SERVE, new ServeDisk(DiskSite.id("debian"), true)));
        assertEquals(
                "disk debian has 2 overlays: a, b; what it holds must stay as it is",
                site.failed(DiskOperations.CHECK, new CheckDisk(DiskSite.id("debian"), true)));
        site.done(DiskOperations.SERVE, new ServeDisk(DiskSite.id("debian"), false));
    }

    @Test
    void makesALargerOverlay() {
        site.created("debian");

        DiskMade made = site.done(
                DiskOperations.CREATE,
                new CreateDisk(DiskSite.id("a"), TWO_GIB, DiskSite.id("debian"), "qcow2", null, Labels.NONE));

        assertEquals(TWO_GIB, made.size());
        assertEquals(
                "size: 512MiB is less than the 1GiB (1073741824 bytes) of disk debian; accepted: as much or more",
                site.failed(
                        DiskOperations.CREATE,
                        new CreateDisk(DiskSite.id("b"), HALF, DiskSite.id("debian"), "qcow2", null, Labels.NONE)));
    }

    @Test
    void importsAFileOfTheHost() {
        site.plane.put("/iso/debian.qcow2", "qcow2", TWO_GIB.bytes());

        DiskMade made = site.done(
                DiskOperations.IMPORT,
                new ImportDisk(DiskSite.id("debian"), "/iso/debian.qcow2", "", "raw", "none", null, Labels.NONE));

        assertEquals(TWO_GIB, made.size());
        assertEquals("copy of foreign", image("debian.raw").content);
    }

    @Test
    void refusesToImportWhatIsBackedByAnyFileOfTheHost() {
        site.created("secret").overlaid("hostile", "secret");

        assertEquals(
                "/disks/hostile.qcow2 is backed by /disks/secret.qcow2; accepted: an image that stands on its own",
                site.failed(
                        DiskOperations.IMPORT,
                        new ImportDisk(
                                DiskSite.id("x"),
                                "/disks/hostile.qcow2",
                                "qcow2",
                                "qcow2",
                                "none",
                                null,
                                Labels.NONE)));
        assertEquals(
                "/iso/none is not there",
                site.failed(
                        DiskOperations.IMPORT,
                        new ImportDisk(DiskSite.id("x"), "/iso/none", "", "qcow2", "none", null, Labels.NONE)));
    }

    @Test
    void copiesADiskWithProgress() {
        site.created("a");
        TaskId task = site.start(
                DiskOperations.CONVERT,
                new ConvertDisk(DiskSite.id("a"), DiskSite.id("b"), "qcow2", "zstd", Labels.NONE));
        site.run(Duration.ofMillis(70));

        assertEquals("512MiB of 1GiB", site.status(task).message());
        assertEquals(
                "disk a is being copied into b; wait until that ends",
                site.failed(DiskOperations.SERVE, new ServeDisk(DiskSite.id("a"), true)));
        site.run(Duration.ofSeconds(1));
        assertEquals(TaskState.DONE, site.status(task).state());
        assertEquals("copy of zeroes", image("b.qcow2").content);
    }

    @Test
    void leavesNothingOfACopyThatIsCancelled() {
        site.created("a");
        TaskId task = site.start(
                DiskOperations.CONVERT,
                new ConvertDisk(DiskSite.id("a"), DiskSite.id("b"), "qcow2", "none", Labels.NONE));
        site.run(Duration.ofMillis(70));
        site.site.tasks().cancel(task);
        site.run(Duration.ofSeconds(1));

        assertEquals(TaskState.CANCELLED, site.status(task).state());
        assertEquals(Optional.empty(), site.disk("b"));
        assertNull(image("b.qcow2"));
    }

    @Test
    void makesACdForCloudInit() {
        TreeMap<String, String> files = new TreeMap<>();
        files.put("meta-data", "instance-id: web-1\n");
        files.put("user-data", "#cloud-config\n");
        DiskSteps.Make seed = new DiskSteps.Make(
                DiskSite.id("web-1.seed"), DiskSite.HOST, new DiskSource.Seed(files), "raw", "none", new VmId("web-1"));

        site.done(
                VmArea.BUILD,
                new VmArea.BuildVm(
                        new VmId("web-1"),
                        DiskSite.HOST,
                        List.of(seed),
                        List.of(DiskSite.plugged("web-1.seed", true)),
                        false));

        assertEquals("bytes", image("web-1.seed.raw").content);
        assertEquals(Disk.Serve.READ_ONLY, site.disk("web-1.seed").orElseThrow().serve());
    }

    @Test
    void looksThroughAnImageAndPutsItInOrder() {
        site.created("a");
        image("a.qcow2").leaks = 3;

        assertEquals(
                "3 clusters lost, nothing else",
                site.done(DiskOperations.CHECK, new CheckDisk(DiskSite.id("a"), false))
                        .verdict());
        assertEquals(
                "3 clusters lost, nothing else; 3 of that put in order",
                site.done(DiskOperations.CHECK, new CheckDisk(DiskSite.id("a"), true))
                        .verdict());
        assertEquals(
                "clean",
                site.done(DiskOperations.CHECK, new CheckDisk(DiskSite.id("a"), false))
                        .verdict());
    }

    @Test
    void saysWhenTheImageIsNotWhatTheRowSays() {
        site.created("a");
        image("a.qcow2").size += 512;
        assertEquals(
                "disk a: the image has 1.0GiB (1073742336 bytes), the row says 1GiB (1073741824)",
                site.failed(DiskOperations.CHECK, new CheckDisk(DiskSite.id("a"), false)));
        image("a.qcow2").size -= 512;

        HandMadePlane.Image image = site.plane.files.remove("/disks/a.qcow2");
        assertEquals(
                "disk a: there is no qcow2 image /disks/a.qcow2 on h1",
                site.failed(DiskOperations.CHECK, new CheckDisk(DiskSite.id("a"), false)));
        site.plane.files.put("/disks/a.qcow2", image);
    }

    @Test
    void changesTheSize() {
        site.created("a");

        assertEquals(
                TWO_GIB,
                site.done(DiskOperations.RESIZE, new ResizeDisk(DiskSite.id("a"), TWO_GIB, false))
                        .size());
        assertEquals(
                "size: 512MiB is less than the 2GiB of a, so its end would be lost; accepted: more, or --shrink true",
                site.failed(DiskOperations.RESIZE, new ResizeDisk(DiskSite.id("a"), HALF, false)));
        assertEquals(
                HALF,
                site.done(DiskOperations.RESIZE, new ResizeDisk(DiskSite.id("a"), HALF, true))
                        .size());
        assertEquals(
                "size: 1000B (1000 bytes) of a disk; accepted: a multiple of 512 bytes, from 512 to 64TiB",
                site.failed(DiskOperations.RESIZE, new ResizeDisk(DiskSite.id("a"), new ByteCount(1_000), true)));
    }

    @Test
    void changesTheSizeOfAStoppedVmsDiskAndServesItAgain() {
        site.done(VmArea.BUILD, DiskSite.vm("web-1", false));

        site.done(DiskOperations.RESIZE, new ResizeDisk(DiskSite.id("web-1-root"), TWO_GIB, false));

        assertEquals(TWO_GIB, site.disk("web-1-root").orElseThrow().size());
        assertTrue(site.plane.exports.get("web-1-root").writable());
    }

    @Test
    void takesBackAResizeThatCannotBeServedAgain() {
        site.done(VmArea.BUILD, DiskSite.vm("web-1", false));
        site.plane.fail("serve", 1);

        assertEquals(
                "no room on h1 for serve",
                site.failed(DiskOperations.RESIZE, new ResizeDisk(DiskSite.id("web-1-root"), TWO_GIB, false)));

        assertEquals(DiskSite.GIB, site.disk("web-1-root").orElseThrow().size());
    }

    @Test
    void servesADiskToToolsAndNoLonger() {
        site.created("a");

        assertEquals(
                new DiskServed(DiskSite.id("a"), DiskSite.HOST, "/run/h1", "a"),
                site.done(DiskOperations.SERVE, new ServeDisk(DiskSite.id("a"), true)));
        assertEquals(
                "disk a is served for writing; disk:unserve a first",
                site.failed(DiskOperations.SERVE, new ServeDisk(DiskSite.id("a"), false)));
        assertEquals(
                "disk a is served for writing; disk:unserve a first",
                site.failed(
                        DiskOperations.CONVERT,
                        new ConvertDisk(DiskSite.id("a"), DiskSite.id("b"), "raw", "none", Labels.NONE)));
        assertEquals(
                "disk a is served to tools of h1; disk:unserve a first",
                site.failed(DiskOperations.RESIZE, new ResizeDisk(DiskSite.id("a"), TWO_GIB, false)));
        assertEquals(
                "disk a is served for writing to tools of h1; disk:unserve a first",
                site.failed(VmArea.BUILD, DiskSite.bareVm("vm-1", DiskSite.plugged("a", false))));

        assertEquals(
                "not served",
                site.done(DiskOperations.UNSERVE, new OneDisk(DiskSite.id("a"))).now());
        assertEquals(0, site.plane.exports.size());
    }

    @Test
    void deletesADiskAlsoWhileToolsReadIt() {
        site.created("a");
        site.done(DiskOperations.SERVE, new ServeDisk(DiskSite.id("a"), false));

        assertEquals(
                "deleted",
                site.done(DiskOperations.DELETE, new OneDisk(DiskSite.id("a"))).now());
        assertEquals(0, site.plane.files.size());
    }

    @Test
    void keepsWhatAVmHas() {
        site.done(VmArea.BUILD, DiskSite.vm("web-1", false));

        assertEquals(
                "disk web-1-root is plugged into web-1; detach it first",
                site.failed(DiskOperations.DELETE, "web-1-root"));
        assertEquals(
                "disk web-1-root is plugged into web-1; detach it first",
                site.failed(DiskOperations.UNSERVE, "web-1-root"));
        assertEquals(
                "disk web-1-root is plugged into web-1, which may write to it; detach it first",
                site.failed(DiskOperations.CREATE, DiskSite.overlay("b", "web-1-root")));
        assertEquals(
                "disk web-1-root is plugged into web-1; one that is written to has one VM",
                site.failed(VmArea.BUILD, DiskSite.bareVm("web-2", DiskSite.plugged("web-1-root", false))));
        assertEquals(
                "disk web-1-root is plugged into web-1; one that is written to has one VM",
                site.failed(VmArea.BUILD, DiskSite.bareVm("web-2", DiskSite.plugged("web-1-root", true))));
    }

    @Test
    void letsSeveralVmsReadOneDiskUntilTheLastIsGone() {
        site.created("iso");
        site.done(VmArea.BUILD, DiskSite.vm("web-1", false, DiskSite.plugged("iso", true)));
        site.done(VmArea.BUILD, DiskSite.vm("web-2", false, DiskSite.plugged("iso", true)));
        assertEquals(
                "it was to fail", site.failed(VmArea.BUILD, DiskSite.vm("web-3", true, DiskSite.plugged("iso", true))));
        assertEquals(List.of("iso", "web-1-root", "web-2-root"), List.copyOf(site.plane.exports.keySet()));

        site.done(VmArea.DESTROY, new VmArea.DestroyVm(new VmId("web-1"), false));
        assertEquals(List.of("iso", "web-2-root"), List.copyOf(site.plane.exports.keySet()));
        site.done(VmArea.DESTROY, new VmArea.DestroyVm(new VmId("web-2"), true));

        assertEquals(List.of(), List.copyOf(site.plane.exports.keySet()));
        assertEquals(List.of("/disks/iso.qcow2", "/disks/web-2-root.qcow2"), List.copyOf(site.plane.files.keySet()));
        assertNull(site.disk("web-2-root").orElseThrow().madeFor(), "it is kept, as nobody's");
    }

    @Test
    void keepsADiskThatHasOverlaysWhenItsVmGoes() {
        site.created("base");
        site.done(
                VmArea.BUILD,
                new VmArea.BuildVm(
                        new VmId("web-1"),
                        DiskSite.HOST,
                        List.of(DiskSite.own("web-1.iso", "web-1")),
                        List.of(DiskSite.plugged("web-1.iso", true)),
                        false));
        site.overlaid("child", "web-1.iso");

        site.done(VmArea.DESTROY, new VmArea.DestroyVm(new VmId("web-1"), false));

        assertNull(site.disk("web-1.iso").orElseThrow().madeFor());
    }

    @Test
    void takesBackADiskOfAVmThatFailsAndLeavesThoseThatItHadBefore() {
        site.done(VmArea.BUILD, DiskSite.vm("web-1", false));
        site.created("data");
        VmArea.BuildVm more = new VmArea.BuildVm(
                new VmId("web-1"), DiskSite.HOST, List.of(), List.of(DiskSite.plugged("data", false)), true);

        assertEquals("it was to fail", site.failed(VmArea.BUILD, more));

        assertEquals(List.of("web-1-root"), List.copyOf(site.plane.exports.keySet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "createOverlay", "copy", "piece", "write", "resize", "serve"})
    void leavesNothingOfAVmWhateverCallFails(String call) {
        site.created("base");
        TreeMap<String, String> files = new TreeMap<>();
        files.put("user-data", "#cloud-config\n");
        List<DiskSource> sources = List.of(
                new DiskSource.Empty(DiskSite.GIB),
                new DiskSource.Overlay(DiskSite.id("base"), null),
                new DiskSource.Copy(DiskSite.id("base"), TWO_GIB),
                new DiskSource.Seed(files));
        List<DiskSteps.Make> made = new ArrayList<>();
        List<VmDisk> devices = new ArrayList<>();
        for (DiskSource source : sources) {
            String name = "d" + made.size();
            made.add(new DiskSteps.Make(DiskSite.id(name), null, source, "qcow2", "none", new VmId("vm-1")));
            devices.add(DiskSite.plugged(name, true));
        }
        VmArea.BuildVm build = new VmArea.BuildVm(new VmId("vm-1"), DiskSite.HOST, made, devices, false);
        site.plane.fail(call, 1);

        assertEquals("no room on h1 for " + call, site.failed(VmArea.BUILD, build));

        assertEquals(List.of("/disks/base.qcow2"), List.copyOf(site.plane.files.keySet()));
        assertEquals(0, site.plane.exports.size());
        site.done(VmArea.BUILD, build);
        assertEquals(5, site.plane.files.size());
    }

    @Test
    void refusesAFileThatIsThereAlreadyAndLeavesIt() {
        site.plane.put("/disks/a.qcow2", "raw", 4_096);

        assertEquals(
                "/disks/a.qcow2 is there already on h1, and is no disk's; remove it, or take another name",
                site.failed(DiskOperations.CREATE, DiskSite.empty("a", DiskSite.GIB)));

        assertEquals("foreign", image("a.qcow2").content);
        site.plane.files.clear();
    }

    @Test
    void leavesAFileThatCannotEvenBeRead() {
        site.plane.put("/disks/a.qcow2", HandMadePlane.UNREADABLE, 100);

        assertEquals("/disks/a.qcow2 is there", site.failed(DiskOperations.CREATE, DiskSite.empty("a", DiskSite.GIB)));

        assertEquals("foreign", image("a.qcow2").content);
        site.plane.files.clear();
    }

    @Test
    void saysWhatIsAccepted() {
        site.created("a");
        assertEquals(
                "id: disk \"a\" is there already; accepted: another name",
                site.failed(DiskOperations.CREATE, DiskSite.empty("a", DiskSite.GIB)));
        assertEquals(
                "from: there is no disk \"b\"; accepted: one of disk:list",
                site.failed(DiskOperations.CREATE, DiskSite.overlay("c", "b")));
        assertEquals(
                "size: it is missing; accepted: a size such as 10GiB, or --from DISK",
                site.failed(DiskOperations.CREATE, DiskSite.empty("c", null)));
        assertEquals(
                "format \"vmdk\"; accepted: raw or qcow2",
                site.failed(
                        DiskOperations.CREATE,
                        new CreateDisk(DiskSite.id("c"), DiskSite.GIB, null, "vmdk", null, Labels.NONE)));
        assertEquals(
                "host: \"h9\" has no data plane; accepted: h1",
                site.failed(
                        DiskOperations.CREATE,
                        new CreateDisk(DiskSite.id("c"), DiskSite.GIB, null, "raw", new HostId("h9"), Labels.NONE)));
        assertEquals(
                "file: \"debian.iso\"; accepted: an absolute path on the host",
                site.failed(
                        DiskOperations.IMPORT,
                        new ImportDisk(DiskSite.id("c"), "debian.iso", "", "raw", "none", null, Labels.NONE)));
        assertEquals(
                "compression zstd of a raw image; accepted: none",
                site.failed(
                        DiskOperations.CONVERT,
                        new ConvertDisk(DiskSite.id("a"), DiskSite.id("c"), "raw", "zstd", Labels.NONE)));
    }

    @Test
    void waitsForADataPlaneThatIsAbsentOrDoesNotAnswer() {
        site.created("a");
        site.site.plane().remove(site.plane);
        TaskId deletion = site.start(DiskOperations.DELETE, new OneDisk(DiskSite.id("a")));
        site.run(Duration.ofSeconds(30));
        TaskStatus waiting = site.status(deletion);
        assertEquals(TaskState.PARKED, waiting.state());
        assertEquals(
                "nobody runs the data plane of host h1 now; install feature vinestock-dataplane there",
                waiting.message());

        site.plane.answers = false;
        site.site.plane().add(site.plane);
        site.run(Duration.ofSeconds(30));
        assertEquals(TaskState.PARKED, site.status(deletion).state());
        assertEquals(
                "the data plane of h1 does not answer; it goes on once that answers",
                site.status(deletion).message());

        site.plane.answers = true;
        site.run(Duration.ofSeconds(30));
        assertEquals(TaskState.DONE, site.status(deletion).state());
    }

    @Test
    void servesAgainWhatADataPlaneForgot() {
        site.done(VmArea.BUILD, DiskSite.vm("web-1", false));
        site.plane.exports.clear();
        site.run(Duration.ofMinutes(1));

        assertTrue(site.plane.exports.get("web-1-root").writable());
    }

    @Test
    void asksNothingOfADataPlaneWhileAllIsServed() {
        site.done(VmArea.BUILD, DiskSite.vm("web-1", false));
        site.run(Duration.ofMinutes(1));
        long revision = site.site.head().ref().revision();
        site.plane.log.clear();
        site.run(Duration.ofMinutes(1));

        assertEquals(revision, site.site.head().ref().revision());
        assertEquals(List.of("list"), site.plane.log.stream().distinct().toList());
    }

    @Test
    void servesADiskAgainOnceItsFileIsBack() {
        site.done(VmArea.BUILD, DiskSite.vm("web-1", false));
        HandMadePlane.Image image = site.plane.files.remove("/disks/web-1-root.qcow2");
        site.plane.exports.clear();
        site.run(Duration.ofMinutes(2));
        assertEquals(Disk.Serve.WRITABLE, site.disk("web-1-root").orElseThrow().serve(), "it still should be");

        site.plane.files.put("/disks/web-1-root.qcow2", image);
        site.run(Duration.ofMinutes(2));
    }

    @Test
    void goesOnWithADiskThatWasHalfMadeWhenTheProcessDied() {
        DiskSite slow = new DiskSite(7, Duration.ofMillis(20));
        slow.created("a");
        TaskId task = slow.start(
                DiskOperations.CONVERT,
                new ConvertDisk(DiskSite.id("a"), DiskSite.id("b"), "qcow2", "none", Labels.NONE));
        while (!slow.plane.files.containsKey("/disks/b.qcow2")) {
            slow.run(Duration.ofMillis(1));
        }
        slow.die();
        slow.plane.log.clear();
        slow.boot();
        slow.run(Duration.ofSeconds(5));

        assertEquals(TaskState.DONE, slow.status(task).state());
        assertTrue(!slow.plane.log.contains("copy"), "what is there whole is not copied again");
        slow.assertWhole();
    }

    @Test
    void servesNoLongerWhatWasForAVmWhoseRemovalWasCancelled() {
        site.done(VmArea.BUILD, DiskSite.vm("web-1", false));
        site.plane.answers = false;
        TaskId removal = site.start(VmArea.DESTROY, new VmArea.DestroyVm(new VmId("web-1"), false));
        site.run(Duration.ofSeconds(1));
        site.site.tasks().cancel(removal);
        site.plane.answers = true;
        site.run(Duration.ofMinutes(1));

        assertEquals(0, site.plane.exports.size());
        assertNull(site.disk("web-1-root").orElseThrow().madeFor(), "it is kept, as nobody's");
    }
}

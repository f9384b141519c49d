package org.vinestock.disk.provider.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.vinestock.dataplane.ExportSpec;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskOperations;
import org.vinestock.disk.DiskOperations.CreateDisk;
import org.vinestock.disk.DiskOperations.OneDisk;
import org.vinestock.disk.DiskSource;
import org.vinestock.disk.DiskSteps;
import org.vinestock.disk.provider.DiskArea;
import org.vinestock.disk.provider.row.Changing;
import org.vinestock.disk.provider.row.ServedFor;
import org.vinestock.disk.provider.row.ServedWrongly;
import org.vinestock.disk.provider.row.Unfinished;
import org.vinestock.disk.provider.step.Serving;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Inventory;
import org.vinestock.machines.hardware.DiskBus;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.Labels;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VmId;
import org.vinestock.operation.OperationType;
import org.vinestock.task.Request;
import org.vinestock.task.TaskId;
import org.vinestock.task.TaskState;
import org.vinestock.task.TaskStatus;
import org.vinestock.testkit.simulation.Simulation;
import org.vinestock.time.Scheduler;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** The area of disks on a data plane made by hand, in simulated time, with the real tasks and inventory. */
public final class DiskSite {
    public static final HostId HOST = new HostId("h1");
    public static final ByteCount GIB = ByteCount.ofGib(1);

    public final HandMadePlane plane = new HandMadePlane("h1");
    public final Simulation site;
    private final RandomGenerator random;

    public DiskSite(long seed) {
        this(seed, Duration.ZERO);
    }

    /** {@code durable}: how long changes take at most to become durable. */
    public DiskSite(long seed, Duration durable) {
        this(seed, durable, (store, scheduler) -> store);
    }

    /** {@code between}: what stands before the inventory. */
    public DiskSite(long seed, Duration durable, BiFunction<Inventory, Scheduler, Inventory> between) {
        Simulation.Builder builder = Simulation.under(seed)
                .inventory(between)
                .area(new DiskArea())
                .area(new VmArea())
                .area(plane);
        site = (durable.isZero() ? builder : builder.durableWithin(durable)).build();
        plane.live(site.scheduler());
        plane.counts = this::isOfADisk;
        random = site.scheduler().random("disk site");
        site.run(Duration.ofSeconds(1));
    }

    private boolean isOfADisk(String file) {
        for (Disk disk : site.head().rows(Disk.KIND)) {
            if (disk.file().equals(file)) {
                return true;
            }
        }
        for (Unfinished each : site.head().rows(Unfinished.KIND)) {
            if (each.file().equals(file) && each.made() != null) {
                return true;
            }
        }
        return false;
    }

    public static DiskId id(String name) {
        return new DiskId(name);
    }

    public static CreateDisk empty(String name, ByteCount size) {
        return new CreateDisk(id(name), size, null, "qcow2", null, Labels.NONE);
    }

    public static CreateDisk overlay(String name, String of) {
        return new CreateDisk(id(name), null, id(of), "qcow2", null, Labels.NONE);
    }

    /** Makes empty disks of 1 GiB. */
    public DiskSite created(String... names) {
        for (String name : names) {
            done(DiskOperations.CREATE, empty(name, GIB));
        }
        return this;
    }

    public DiskSite overlaid(String name, String of) {
        done(DiskOperations.CREATE, overlay(name, of));
        return this;
    }

    /** A step that makes a disk of 1 GiB for a VM. */
    public static DiskSteps.Make own(String disk, String vm) {
        return new DiskSteps.Make(id(disk), null, new DiskSource.Empty(GIB), "qcow2", "none", new VmId(vm));
    }

    public static VmDisk plugged(String disk, boolean readOnly) {
        return new VmDisk("d-" + disk.replace('.', '-'), id(disk), DiskBus.VIRTIO, readOnly);
    }

    /** A VM with a disk of its own, and others. */
    public static VmArea.BuildVm vm(String name, boolean fails, VmDisk... others) {
        List<VmDisk> devices = new ArrayList<>(List.of(plugged(name + "-root", false)));
        devices.addAll(List.of(others));
        return new VmArea.BuildVm(new VmId(name), HOST, List.of(own(name + "-root", name)), devices, fails);
    }

    /** A VM that only has disks that are there. */
    public static VmArea.BuildVm bareVm(String name, VmDisk... devices) {
        return new VmArea.BuildVm(new VmId(name), HOST, List.of(), List.of(devices), false);
    }

    public <P extends Record, R extends Record> TaskId start(OperationType<P, R> type, P parameters) {
        return site.start(type, parameters);
    }

    public TaskStatus status(TaskId id) {
        return site.tasks().find(id).orElseThrow();
    }

    /** Runs an operation to its end. */
    public <P extends Record, R extends Record> R done(OperationType<P, R> type, P parameters) {
        return site.await(
                site.tasks().start(type, parameters, new Request("test")).result());
    }

    /** Runs an operation that is refused or fails, and returns why. */
    public <P extends Record> String failed(OperationType<P, ?> type, P parameters) {
        TaskStatus status;
        try {
            status = site.ended(type, parameters);
            site.run(Duration.ofMillis(1)); // and it holds nothing any more
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage());
        }
        assertEquals(TaskState.FAILED, status.state(), status.toString());
        return status.message();
    }

    public String failed(OperationType<OneDisk, ?> type, String disk) {
        return failed(type, new OneDisk(id(disk)));
    }

    public void run(Duration time) {
        site.run(time);
    }

    /** Ends the control plane; what it had asked of the data plane is done or not. */
    public void die() {
        site.kill();
        plane.callersDie(random);
    }

    public void boot() {
        site.boot();
    }

    public Optional<Disk> disk(String name) {
        return site.head().rows(Disk.KIND).find(id(name));
    }

    public <T extends Record> void put(Kind<T> kind, ObjectId id, T row) {
        Commit commit = site.await(site.inventory()
                .commit(new ChangeSet(site.head().ref().revision(), List.of(new Change.Put<>(kind, id, row)))));
        assertTrue(commit instanceof Commit.Done, commit.toString());
    }

    public <P extends Record, R extends Record> Page<R> read(View<P, R> view, P parameters, String after, int limit) {
        return site.await(view.read(parameters, site.inventory().committed(), new PageRequest(after, limit)));
    }

    /** What is wrong when nothing goes on any more: files and rows are the same, and what is served is what should be. */
    public List<String> wrongs() {
        List<String> wrongs = new ArrayList<>(plane.wrongs);
        TreeSet<String> files = new TreeSet<>(plane.files.keySet());
        files.removeIf(file -> !file.startsWith(HandMadePlane.FOLDER + "/"));
        TreeSet<String> served = new TreeSet<>(plane.exports.keySet());
        for (Disk disk : site.head().rows(Disk.KIND)) {
            HandMadePlane.Image image = plane.files.get(disk.file());
            files.remove(disk.file());
            if (image == null) {
                wrongs.add(disk.id() + " has a row and no file");
            } else if (image.size != disk.size().bytes()) {
                wrongs.add(disk.id() + " has " + image.size + " bytes, its row says " + disk.size());
            }
            ExportSpec export = plane.exports.get(disk.id().value());
            served.remove(disk.id().value());
            boolean wanted = disk.serve() != Disk.Serve.NO;
            if (wanted != (export != null) || (export != null && !export.equals(Serving.spec(disk, site.head())))) {
                wrongs.add(disk.id() + " is to be served " + disk.serve() + ", and is " + export);
            }
        }
        files.forEach(file -> wrongs.add(file + " has no row"));
        served.forEach(name -> wrongs.add(name + " is served and has no row"));
        site.head().rows(Unfinished.KIND).forEach(row -> wrongs.add("left over: " + row));
        site.head().rows(Changing.KIND).forEach(row -> wrongs.add("left over: " + row));
        site.head().rows(ServedWrongly.KIND).forEach(row -> wrongs.add("not served: " + row));
        for (ServedFor row : site.head().rows(ServedFor.KIND)) {
            if (site.head().rows(SiteKinds.VM).find(row.id()).isEmpty()) {
                wrongs.add("served for a VM that is gone: " + row);
            }
        }
        return wrongs;
    }

    /** Demands that files and rows are the same. */
    public void assertWhole() {
        assertEquals(List.of(), wrongs());
    }
}

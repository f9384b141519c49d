package org.vinestock.disk.provider.row;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskError;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;

/** What may be done with a disk in a state of the site: a method each, which throws {@code VinestockException} if it may not. */
public final class Rules {
    private static final int NAMED = 6;

    private Rules() {}

    /** Nobody may lose it: no VM, no overlay, no copy that is being made. */
    public static void mayBeDeleted(DiskId disk, Snapshot snapshot) {
        nobodyBut(null, disk, "detach it first", snapshot);
        noOverlays(disk, "delete those first", snapshot);
        noCopies(disk, snapshot);
    }

    /** What it holds may change. */
    public static void mayBeChanged(DiskId disk, Snapshot snapshot) {
        noOverlays(disk, "what it holds must stay as it is", snapshot);
        noCopies(disk, snapshot);
    }

    /** It may be served like that to tools of the host. */
    public static void mayBeServed(Disk disk, boolean writable, Snapshot snapshot) {
        if (disk.serve() != Disk.Serve.NO && (disk.serve() == Disk.Serve.WRITABLE) != writable) {
            throw inUse("disk " + disk.id() + " is served " + (writable ? "for reading only" : "for writing")
                    + "; disk:unserve " + disk.id() + " first");
        }
        if (writable) {
            mayBeChanged(disk.id(), snapshot);
            nobodyBut(null, disk.id(), "serve it for reading, or detach it", snapshot);
        } else {
            for (DiskUse.ByVm use : DiskUse.of(snapshot).vms(disk.id())) {
                if (use.writes()) {
                    throw inUse("disk " + disk.id() + " is plugged into " + use.vm()
                            + ", which may write to it; detach it first");
                }
            }
        }
    }

    /** It may be served no longer: no VM's row names it. */
    public static void mayBeUnserved(DiskId disk, Snapshot snapshot) {
        nobodyBut(null, disk, "detach it first", snapshot);
    }

    /** It may be served for a VM, as the VM's device wants it. */
    public static void mayBeServedFor(Vm vm, VmDisk device, Disk disk, Snapshot snapshot) {
        @Nullable HostId host = vm.host();
        if (!disk.host().equals(host)) {
            throw new VinestockException(
                    DiskError.DISK_ELSEWHERE,
                    "disk " + disk.id() + " is on " + disk.host() + ", " + vm.id()
                            + (host == null ? " has no host" : " on " + host) + "; a disk is used where it is");
        }
        if (!device.readOnly()) {
            mayBeChanged(disk.id(), snapshot);
        }
        for (DiskUse.ByVm use : DiskUse.of(snapshot).vms(disk.id())) {
            if (!use.vm().equals(vm.id()) && (use.writes() || !device.readOnly())) {
                throw inUse("disk " + disk.id() + " is plugged into " + use.vm() + (use.writes() ? "" : ", too")
                        + "; one that is written to has one VM");
            }
        }
        boolean byTools = disk.serve() == Disk.Serve.WRITABLE
                && ServedFor.of(vm.id(), snapshot).find(disk.id()).isEmpty();
        if (byTools) {
            throw inUse("disk " + disk.id() + " is served for writing to tools of " + disk.host() + "; disk:unserve "
                    + disk.id() + " first");
        }
    }

    /** Others may be made of what it holds: nobody writes to it. */
    public static void mayBeMadeOf(Disk disk, Snapshot snapshot) {
        for (DiskUse.ByVm use : DiskUse.of(snapshot).vms(disk.id())) {
            if (use.writes()) {
                throw inUse("disk " + disk.id() + " is plugged into " + use.vm()
                        + ", which may write to it; detach it first");
            }
        }
        if (disk.serve() == Disk.Serve.WRITABLE) {
            throw inUse("disk " + disk.id() + " is served for writing; disk:unserve " + disk.id() + " first");
        }
        Optional<Changing> changing = snapshot.rows(Changing.KIND).find(disk.id());
        if (changing.isPresent()) {
            throw inUse("disk " + disk.id() + " is being " + changing.get().what() + "; wait until that ends");
        }
    }

    /** Its size may change: whoever has it is off. */
    public static void mayBeResized(Disk disk, Snapshot snapshot) {
        mayBeChanged(disk.id(), snapshot);
        for (DiskUse.ByVm use : DiskUse.of(snapshot).vms(disk.id())) {
            boolean wanted = snapshot.rows(SiteKinds.VM)
                    .find(use.vm())
                    .filter(vm -> vm.power() != PowerState.STOPPED)
                    .isPresent();
            boolean seen = snapshot.rows(SiteKinds.VM_OBSERVED)
                    .find(use.vm())
                    .filter(vm -> vm.power() != PowerState.STOPPED)
                    .isPresent();
            if (wanted || seen) {
                throw inUse("disk " + disk.id() + " is plugged into " + use.vm() + ", which runs; stop it first");
            }
        }
        servedToNoTools(disk, snapshot);
    }

    /** Its tables may be put in order: nobody has it open. */
    public static void mayBeRepaired(Disk disk, Snapshot snapshot) {
        mayBeResized(disk, snapshot);
        if (disk.serve() != Disk.Serve.NO) {
            throw inUse("disk " + disk.id() + " is served; detach it, or disk:unserve " + disk.id() + " first");
        }
    }

    private static void servedToNoTools(Disk disk, Snapshot snapshot) {
        if (disk.serve() != Disk.Serve.NO && DiskUse.of(snapshot).vms(disk.id()).isEmpty()) {
            throw inUse("disk " + disk.id() + " is served to tools of " + disk.host() + "; disk:unserve " + disk.id()
                    + " first");
        }
    }

    /** Throws if something larger is to become a smaller disk. */
    public static void fits(String what, ByteCount size, @Nullable ByteCount asked) {
        if (asked != null && asked.compareTo(size) < 0) {
            throw new IllegalArgumentException("size: " + asked + " is less than the " + size + " (" + size.bytes()
                    + " bytes) of " + what + "; accepted: as much or more");
        }
    }

    /** No VM's row names it, but that of {@code vm}. */
    static void nobodyBut(@Nullable VmId vm, DiskId disk, String remedy, Snapshot snapshot) {
        Predicate<DiskUse.ByVm> other = use -> !use.vm().equals(vm);
        List<String> vms = DiskUse.of(snapshot).vms(disk).stream()
                .filter(other)
                .map(use -> use.vm().value())
                .toList();
        if (!vms.isEmpty()) {
            throw inUse("disk " + disk + " is plugged into " + some(vms) + "; " + remedy);
        }
    }

    private static void noOverlays(DiskId disk, String remedy, Snapshot snapshot) {
        List<String> overlays =
                DiskUse.of(snapshot).overlays(disk).stream().map(DiskId::value).toList();
        if (!overlays.isEmpty()) {
            throw inUse("disk " + disk + " has " + overlays.size() + " overlay" + (overlays.size() == 1 ? "" : "s")
                    + ": " + some(overlays) + "; " + remedy);
        }
    }

    private static void noCopies(DiskId disk, Snapshot snapshot) {
        List<String> copies =
                DiskUse.of(snapshot).copies(disk).stream().map(DiskId::value).toList();
        if (!copies.isEmpty()) {
            throw inUse("disk " + disk + " is being copied into " + some(copies) + "; wait until that ends");
        }
    }

    /** The first of them. */
    public static String some(List<String> names) {
        return names.size() <= NAMED ? String.join(", ", names) : String.join(", ", names.subList(0, NAMED)) + ", ...";
    }

    private static VinestockException inUse(String sentence) {
        return new VinestockException(DiskError.DISK_IN_USE, sentence);
    }

    /** The row of a disk that a step was planned for. */
    public static Disk row(DiskId disk, Snapshot snapshot) {
        return snapshot.rows(Disk.KIND)
                .find(disk)
                .orElseThrow(() -> new VinestockException(
                        DiskError.NO_SUCH_DISK,
                        "there is no disk \"" + disk + "\" any more; disk:list shows those there are"));
    }
}

package org.vinestock.disk.provider.row;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskSource;
import org.vinestock.disk.DiskSteps;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Derivation;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.Kind;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VmId;

/** Who uses the disks of a snapshot. Immutable; made anew only when somebody begins to use one, or ends. */
public final class DiskUse {
    private static final Derivation<DiskUse> DERIVATION = new Derivation<>() {
        @Override
        public DiskUse build(Snapshot snapshot) {
            return new DiskUse(snapshot);
        }

        @Override
        public DiskUse update(DiskUse before, Snapshot earlier, Snapshot now, List<Change> changes) {
            boolean same = changes.stream()
                    .allMatch(change ->
                            uses(change.kind(), change.id(), earlier).equals(uses(change.kind(), change.id(), now)));
            return same ? before : new DiskUse(now);
        }
    };

    private final Map<String, List<ByVm>> vms = new TreeMap<>();
    private final Map<String, List<DiskId>> overlays = new TreeMap<>();
    private final Map<String, List<DiskId>> copies = new TreeMap<>();

    /**
     * A VM whose row names a disk.
     *
     * @param writes whether the guest may write to it
     */
    public record ByVm(VmId vm, boolean writes) {}

    private DiskUse(Snapshot snapshot) {
        for (Vm vm : snapshot.rows(SiteKinds.VM)) {
            for (VmDisk disk : vm.hardware().disks()) {
                add(vms, disk.disk(), new ByVm(vm.id(), !disk.readOnly()));
            }
        }
        for (Disk disk : snapshot.rows(Disk.KIND)) {
            @Nullable DiskId parent = disk.parent();
            if (parent != null) {
                add(overlays, parent, disk.id());
            }
        }
        for (Unfinished each : snapshot.rows(Unfinished.KIND)) {
            DiskSteps.@Nullable Make made = each.made();
            boolean counted = snapshot.rows(Disk.KIND).find(each.id()).isPresent();
            if (made != null && !counted && made.source() instanceof DiskSource.Overlay overlay) {
                add(overlays, overlay.parent(), each.id());
            } else if (made != null && made.source() instanceof DiskSource.Copy copy) {
                add(copies, copy.from(), each.id());
            }
        }
    }

    private static <T> void add(Map<String, List<T>> map, DiskId disk, T user) {
        map.computeIfAbsent(disk.value(), key -> new ArrayList<>()).add(user);
    }

    /** All of a row that counts here. */
    private static List<?> uses(Kind<?> kind, ObjectId id, Snapshot snapshot) {
        if (kind.equals(SiteKinds.VM)) {
            Optional<Vm> vm = snapshot.rows(SiteKinds.VM).find(id);
            return vm.map(row -> row.hardware().disks()).orElse(List.of());
        } else if (kind.equals(Disk.KIND)) {
            Optional<Disk> disk = snapshot.rows(Disk.KIND).find(id);
            return disk.map(row -> row.parent() == null ? List.of() : List.of(row.parent()))
                    .orElse(List.of());
        } else if (kind.equals(Unfinished.KIND)) {
            return snapshot.rows(Unfinished.KIND).find(id).map(List::of).orElse(List.of());
        }
        return List.of();
    }

    /** That of a snapshot. */
    public static DiskUse of(Snapshot snapshot) {
        return snapshot.derive(DERIVATION);
    }

    /** The VMs whose rows name it, in order of their names. */
    public List<ByVm> vms(DiskId disk) {
        return Collections.unmodifiableList(vms.getOrDefault(disk.value(), List.of()));
    }

    /** The disks that are overlays of it, or are being made so. */
    public List<DiskId> overlays(DiskId disk) {
        return Collections.unmodifiableList(overlays.getOrDefault(disk.value(), List.of()));
    }

    /** The disks into which it is being copied. */
    public List<DiskId> copies(DiskId disk) {
        return Collections.unmodifiableList(copies.getOrDefault(disk.value(), List.of()));
    }
}

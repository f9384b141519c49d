package org.vinestock.disk.provider.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.vinestock.disk.Disk;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.Kind;
import org.vinestock.model.VmId;

/**
 * The disks that are served for a VM, and what they were before: so that a step that is taken back takes back its own only.
 */
public record ServedFor(VmId id, List<Was> disks) {
    /** The table of them. */
    public static final Kind<ServedFor> KIND = new Kind<>("disk.served-for", ServedFor.class);

    /** Copies the list. */
    public ServedFor {
        disks = List.copyOf(disks);
    }

    /**
     * A disk.
     *
     * @param by the task that had it served
     */
    public record Was(DiskId disk, Disk.Serve before, String by) {}

    /** Those of a VM; none if there are none. */
    public static ServedFor of(VmId vm, Snapshot snapshot) {
        return snapshot.rows(KIND).find(vm).orElse(new ServedFor(vm, List.of()));
    }

    /** What is known of a disk. */
    public Optional<Was> find(DiskId disk) {
        return disks.stream().filter(was -> was.disk().equals(disk)).findFirst();
    }

    /** The same with one more. */
    public ServedFor with(Was one) {
        List<Was> more = new ArrayList<>(disks);
        more.add(one);
        return new ServedFor(id, more);
    }

    /** The same without some. */
    public ServedFor without(List<DiskId> gone) {
        return new ServedFor(
                id, disks.stream().filter(was -> !gone.contains(was.disk())).toList());
    }

    /** What is known of a disk by VMs of some sort, and those that are gone, is forgotten. */
    public static List<Change> forgotten(DiskId disk, Predicate<VmId> by, Snapshot snapshot) {
        List<Change> changes = new ArrayList<>();
        for (ServedFor row : snapshot.rows(KIND)) {
            boolean meant = by.test(row.id()) || row.isOfNobody(snapshot);
            if (meant && row.find(disk).isPresent()) {
                changes.add(row.without(List.of(disk)).change());
            }
        }
        return changes;
    }

    /** Whether the VM is gone. */
    public boolean isOfNobody(Snapshot snapshot) {
        return snapshot.rows(SiteKinds.VM).find(id).isEmpty();
    }

    /** Makes it so. */
    public Change change() {
        return disks.isEmpty() ? new Change.Removed(KIND, id) : new Change.Put<>(KIND, id, this);
    }
}

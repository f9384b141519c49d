package org.vinestock.machines.provider.hardware;

import java.util.Optional;
import org.vinestock.disk.Disk;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;

/** Looks up disks that people name, and says which VM has them. */
public final class DiskRows {
    private DiskRows() {}

    /**
     * Finds a disk.
     *
     * @throws IllegalArgumentException naming {@code field} and it
     */
    public static Disk find(String field, DiskId id, Snapshot snapshot) {
        return snapshot.rows(Disk.KIND)
                .find(id)
                .orElseThrow(() -> new IllegalArgumentException(
                        field + ": there is no disk \"" + id + "\"; accepted: one of disk:list"));
    }

    /**
     * Checks that a disk can be plugged in: one that is written to belongs to one VM alone.
     *
     * @throws IllegalArgumentException naming {@code field} and the VM that has it
     */
    public static void requireFree(String field, DiskId id, boolean readOnly, Snapshot snapshot) {
        for (Vm vm : snapshot.rows(SiteKinds.VM)) {
            Optional<VmDisk> its = vm.hardware().disks().stream()
                    .filter(each -> each.disk().equals(id))
                    .findFirst();
            if (its.isPresent() && !(readOnly && its.get().readOnly())) {
                throw new IllegalArgumentException(field + ": VM \"" + vm.id() + "\" has disk \"" + id
                        + "\"; accepted: a disk that no VM has, or that all that have it only read");
            }
        }
    }
}

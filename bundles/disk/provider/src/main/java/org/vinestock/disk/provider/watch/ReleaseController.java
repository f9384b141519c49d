package org.vinestock.disk.provider.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskOperations;
import org.vinestock.disk.DiskOperations.OneDisk;
import org.vinestock.disk.provider.row.DiskUse;
import org.vinestock.disk.provider.row.ServedFor;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VmId;
import org.vinestock.operation.Controller;
import org.vinestock.operation.Next;

/**
 * Has disks served no longer that were for a VM which is gone, as after a task that removed the VM and was cancelled then. The
 * disks stay.
 */
public final class ReleaseController implements Controller {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "disk.release";
    }

    @Override
    public List<ObjectId> objects(Snapshot snapshot) {
        List<ObjectId> objects = new ArrayList<>();
        for (ServedFor row : snapshot.rows(ServedFor.KIND)) {
            if (row.isOfNobody(snapshot)) {
                row.disks().forEach(was -> objects.add(was.disk()));
            }
        }
        return objects;
    }

    @Override
    public List<ObjectId> wokenBy(Change change, Snapshot snapshot) {
        if (!(change instanceof Change.Removed) || !change.kind().equals(SiteKinds.VM)) {
            return List.of();
        }
        return ServedFor.of(new VmId(change.id().value()), snapshot).disks().stream()
                .<ObjectId>map(ServedFor.Was::disk)
                .toList();
    }

    @Override
    public Next look(ObjectId object, Snapshot snapshot, Instant now) {
        DiskId disk = new DiskId(object.value());
        boolean there = snapshot.rows(Disk.KIND).find(disk).isPresent();
        boolean forNobody = objects(snapshot).contains(disk);
        return there && forNobody && DiskUse.of(snapshot).vms(disk).isEmpty()
                ? new Next.Run<>(DiskOperations.UNSERVE, new OneDisk(disk))
                : new Next.Settled();
    }

    /** Whoever removed the VM mostly goes on with its disks. */
    @Override
    public Duration patience(Next.Run<?> run) {
        return PATIENCE;
    }
}

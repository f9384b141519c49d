package org.vinestock.disk.provider.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskOperations;
import org.vinestock.disk.DiskOperations.OneDisk;
import org.vinestock.disk.DiskOperations.ServeDisk;
import org.vinestock.disk.provider.row.DiskUse;
import org.vinestock.disk.provider.row.ServedWrongly;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.ObjectId;
import org.vinestock.operation.Controller;
import org.vinestock.operation.Next;

/**
 * Has disks served again that should be and are not, after a data plane lost its journal or an image came back; and served no
 * longer that should not be.
 */
public final class ServeController implements Controller {
    @Override
    public String name() {
        return "disk.serve";
    }

    @Override
    public List<ObjectId> objects(Snapshot snapshot) {
        List<ObjectId> objects = new ArrayList<>();
        snapshot.rows(ServedWrongly.KIND).forEach(row -> objects.add(row.id()));
        return objects;
    }

    @Override
    public List<ObjectId> wokenBy(Change change, Snapshot snapshot) {
        return change instanceof Change.Put<?> put && put.value() instanceof ServedWrongly row
                ? List.of(row.id())
                : List.of();
    }

    @Override
    public Next look(ObjectId object, Snapshot snapshot, Instant now) {
        Optional<Disk> disk = snapshot.rows(Disk.KIND)
                .find(object)
                .filter(row -> snapshot.rows(ServedWrongly.KIND).find(object).isPresent());
        if (disk.isEmpty()) {
            return new Next.Settled();
        } else if (disk.get().serve() != Disk.Serve.NO) {
            boolean writable = disk.get().serve() == Disk.Serve.WRITABLE;
            return new Next.Run<>(DiskOperations.SERVE, new ServeDisk(disk.get().id(), writable));
        }
        DiskId id = disk.get().id();
        return DiskUse.of(snapshot).vms(id).isEmpty()
                ? new Next.Run<>(DiskOperations.UNSERVE, new OneDisk(id))
                : new Next.Settled();
    }
}

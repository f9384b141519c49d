package org.vinestock.disk.provider.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskOperations;
import org.vinestock.disk.DiskOperations.ServeDisk;
import org.vinestock.disk.provider.row.NotServed;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.ObjectId;
import org.vinestock.operation.Controller;
import org.vinestock.operation.Next;

/** Has disks served again that should be and are not: after a data plane lost its journal, or an image came back. */
public final class ServeController implements Controller {
    @Override
    public String name() {
        return "disk.serve";
    }

    @Override
    public List<ObjectId> objects(Snapshot snapshot) {
        List<ObjectId> objects = new ArrayList<>();
        snapshot.rows(NotServed.KIND).forEach(row -> objects.add(row.id()));
        return objects;
    }

    @Override
    public List<ObjectId> wokenBy(Change change, Snapshot snapshot) {
        return change instanceof Change.Put<?> put && put.value() instanceof NotServed row
                ? List.of(row.id())
                : List.of();
    }

    @Override
    public Next look(ObjectId object, Snapshot snapshot, Instant now) {
        Optional<Disk> disk = snapshot.rows(Disk.KIND)
                .find(object)
                .filter(row -> row.serve() != Disk.Serve.NO)
                .filter(row -> snapshot.rows(NotServed.KIND).find(object).isPresent());
        return disk.<Next>map(row -> new Next.Run<>(
                        DiskOperations.SERVE, new ServeDisk(row.id(), row.serve() == Disk.Serve.WRITABLE)))
                .orElse(new Next.Settled());
    }
}

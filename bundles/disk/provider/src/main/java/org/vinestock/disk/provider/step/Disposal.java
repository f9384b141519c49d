package org.vinestock.disk.provider.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.vinestock.disk.Disk;
import org.vinestock.disk.provider.plane.Planes;
import org.vinestock.disk.provider.row.Changing;
import org.vinestock.disk.provider.row.Checked;
import org.vinestock.disk.provider.row.DiskRows;
import org.vinestock.disk.provider.row.ServedFor;
import org.vinestock.disk.provider.row.ServedWrongly;
import org.vinestock.disk.provider.row.Unfinished;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.time.Lane;

/** Removes disks: first from what is served, then the row, then the file. What was begun can be ended by whoever comes later. */
final class Disposal {
    private final Planes planes;
    private final Serving serving;
    private final DiskRows rows;
    private final Lane lane;

    Disposal(Planes planes, Serving serving, DiskRows rows, Lane lane) {
        this.planes = planes;
        this.serving = serving;
        this.rows = rows;
        this.lane = lane;
    }

    /** Removes a disk; {@code allowed} throws what forbids it in the state from which the row goes. */
    CompletionStage<?> remove(Disk disk, Consumer<Snapshot> allowed) {
        return serving.withdraw(disk.host(), disk.id())
                .thenComposeAsync(
                        done -> rows.commit(snapshot -> {
                            allowed.accept(snapshot);
                            return gone(disk, snapshot);
                        }),
                        lane)
                .thenComposeAsync(done -> file(new Unfinished(disk.id(), disk.host(), disk.file(), null)), lane);
    }

    private static List<Change> gone(Disk disk, Snapshot snapshot) {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Removed(Disk.KIND, disk.id()));
        changes.add(new Change.Removed(Checked.KIND, disk.id()));
        changes.add(new Change.Removed(ServedWrongly.KIND, disk.id()));
        changes.add(new Change.Put<>(
                Unfinished.KIND, disk.id(), new Unfinished(disk.id(), disk.host(), disk.file(), null)));
        changes.add(new Change.Removed(Changing.KIND, disk.id()));
        changes.addAll(ServedFor.forgotten(disk.id(), any -> true, snapshot));
        return changes;
    }

    /** Removes the file, then the note of it. */
    CompletionStage<?> file(Unfinished left) {
        return planes.images(left.host())
                .delete(left.file())
                .thenComposeAsync(
                        gone -> rows.commit(snapshot -> List.of(new Change.Removed(Unfinished.KIND, left.id()))), lane);
    }

    /** The file of a disk whose row is gone already. */
    static Optional<Unfinished> begun(DiskId disk, Snapshot snapshot) {
        return snapshot.rows(Unfinished.KIND).find(disk).filter(left -> left.made() == null);
    }

    /** Ends a removal that was begun; nothing if there is none. */
    CompletionStage<?> end(DiskId disk, Snapshot snapshot) {
        return begun(disk, snapshot)
                .<CompletionStage<?>>map(this::file)
                .orElse(CompletableFuture.completedFuture(null));
    }
}

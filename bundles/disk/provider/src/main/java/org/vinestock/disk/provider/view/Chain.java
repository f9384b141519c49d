package org.vinestock.disk.provider.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.disk.Disk;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;

/** A disk and those beneath it, as the rows say. */
record Chain(List<Disk> disks) {
    private static final int DEEPEST = 256;

    static Chain names(Disk disk, Snapshot snapshot) {
        List<Disk> disks = new ArrayList<>();
        Optional<Disk> at = Optional.of(disk);
        while (at.isPresent() && disks.size() < DEEPEST) {
            disks.add(at.get());
            at = Optional.ofNullable(at.get().parent())
                    .flatMap(parent -> snapshot.rows(Disk.KIND).find(parent));
        }
        return new Chain(disks);
    }

    /** Whose file it is; null if it is none of them. */
    @Nullable
    DiskId of(String file) {
        return disks.stream()
                .filter(disk -> disk.file().equals(file))
                .map(Disk::id)
                .findFirst()
                .orElse(null);
    }

    /** Who is at a depth, for people. */
    String at(int depth) {
        return depth < disks.size() ? disks.get(depth).id().value() : "a file " + depth + " beneath it";
    }
}

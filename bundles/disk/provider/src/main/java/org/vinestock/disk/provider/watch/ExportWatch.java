package org.vinestock.disk.provider.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Platform;
import org.vinestock.dataplane.BlockExports;
import org.vinestock.dataplane.Export;
import org.vinestock.disk.Disk;
import org.vinestock.disk.provider.plane.Planes;
import org.vinestock.disk.provider.row.DiskRows;
import org.vinestock.disk.provider.row.ServedWrongly;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.HostId;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/**
 * Looks now and then whether what should be served is, and nothing else, and writes down what is wrong: what is so twice in a row, for a step that
 * is being carried out may have written the row first. Owned by its lane.
 */
public final class ExportWatch {
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Platform platform;
    private final Planes planes;
    private final DiskRows rows;
    private final Lane lane;
    private final TreeMap<String, TreeSet<String>> suspects = new TreeMap<>();
    private final TreeSet<String> asked = new TreeSet<>();
    private @Nullable Cancellable timer;
    private @Nullable Cancellable areas;
    private boolean closed;

    /** Makes one that does not look yet. */
    public ExportWatch(Platform platform, Planes planes, DiskRows rows, Lane lane) {
        this.platform = platform;
        this.planes = planes;
        this.rows = rows;
        this.lane = lane;
    }

    /** Begins to look. */
    public void start() {
        lane.execute(() -> {
            areas = platform.onAreasChange(lane, this::lookAtAll);
            again();
        });
    }

    /** Looks no more. */
    public void close() {
        lane.execute(() -> {
            closed = true;
            if (areas != null) {
                areas.cancel();
            }
            if (timer != null) {
                timer.cancel();
            }
        });
    }

    private void again() {
        if (!closed) {
            lookAtAll();
            timer = platform.scheduler().after(EVERY, lane, this::again);
        }
    }

    private void lookAtAll() {
        for (HostId host : planes.hosts()) {
            if (!closed && asked.add(host.value())) {
                planes.exportsIfAny(host)
                        .map(BlockExports::list)
                        .ifPresentOrElse(
                                list -> list.whenCompleteAsync((found, thrown) -> heard(host, found), lane),
                                () -> asked.remove(host.value()));
            }
        }
    }

    /** {@code found}: null if the host cannot say. */
    private void heard(HostId host, @Nullable List<Export> found) {
        asked.remove(host.value());
        if (found == null || closed) {
            return;
        }
        Map<String, String> wrong = wrong(host, found, platform.inventory().committed());
        TreeSet<String> before = suspects.getOrDefault(host.value(), new TreeSet<>());
        suspects.put(host.value(), new TreeSet<>(wrong.keySet()));
        wrong.keySet().retainAll(before);
        if (!changes(host, wrong, platform.inventory().head()).isEmpty()) {
            rows.commit(snapshot -> changes(host, wrong, snapshot))
                    .exceptionallyAsync(thrown -> 0L, lane); // looked at again soon
        }
    }

    private static Map<String, String> wrong(HostId host, List<Export> found, Snapshot snapshot) {
        Map<String, Export> exports = new TreeMap<>();
        found.forEach(export -> exports.put(export.spec().id().value(), export));
        Map<String, String> wrong = new TreeMap<>();
        for (Disk disk : snapshot.rows(Disk.KIND)) {
            if (!disk.host().equals(host)) {
                continue;
            }
            Export export = exports.get(disk.id().value());
            boolean writable = disk.serve() == Disk.Serve.WRITABLE;
            if (disk.serve() == Disk.Serve.NO) {
                if (export != null) {
                    wrong.put(disk.id().value(), "it is served");
                }
            } else if (export == null) {
                wrong.put(disk.id().value(), "the data plane of " + host + " does not know it");
            } else if (export.problem() != null) {
                wrong.put(disk.id().value(), Objects.requireNonNull(export.problem()));
            } else if (export.spec().writable() != writable) {
                wrong.put(disk.id().value(), "it is served for " + (writable ? "reading only" : "writing, too"));
            }
        }
        return wrong;
    }

    private static List<Change> changes(HostId host, Map<String, String> wrong, Snapshot snapshot) {
        List<Change> changes = new ArrayList<>();
        for (ServedWrongly row : snapshot.rows(ServedWrongly.KIND)) {
            Optional<Disk> disk = snapshot.rows(Disk.KIND).find(row.id());
            boolean here = disk.isEmpty() || disk.get().host().equals(host);
            if (here && !wrong.containsKey(row.id().value())) {
                changes.add(new Change.Removed(ServedWrongly.KIND, row.id()));
            }
        }
        for (Disk disk : snapshot.rows(Disk.KIND)) {
            @Nullable String reason = wrong.get(disk.id().value());
            if (reason != null) {
                ServedWrongly row = new ServedWrongly(disk.id(), reason);
                if (!snapshot.rows(ServedWrongly.KIND).find(disk.id()).equals(Optional.of(row))) {
                    changes.add(new Change.Put<>(ServedWrongly.KIND, disk.id(), row));
                }
            }
        }
        return changes;
    }
}

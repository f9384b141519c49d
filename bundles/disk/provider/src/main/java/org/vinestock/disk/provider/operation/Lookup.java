package org.vinestock.disk.provider.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskError;
import org.vinestock.disk.DiskOperations.DiskMade;
import org.vinestock.disk.provider.plane.Planes;
import org.vinestock.disk.provider.row.Rules;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;

/** Finds what people name, and says what there is instead. */
public final class Lookup {
    private Lookup() {}

    /**
     * Finds a disk.
     *
     * @throws IllegalArgumentException naming it
     */
    public static Disk disk(String field, DiskId id, Snapshot snapshot) {
        return snapshot.rows(Disk.KIND)
                .find(id)
                .orElseThrow(() -> new IllegalArgumentException(
                        field + ": there is no disk \"" + id + "\"; accepted: one of disk:list"));
    }

    /** Returns a name that no disk has. */
    static DiskId free(String field, DiskId id, Snapshot snapshot) {
        if (snapshot.rows(Disk.KIND).find(id).isPresent()) {
            throw new IllegalArgumentException(
                    field + ": disk \"" + id + "\" is there already; accepted: another name");
        }
        return id;
    }

    /** Returns the host that was named, or the only one that has a data plane. */
    static HostId host(@Nullable HostId named, Planes planes) {
        List<HostId> hosts = planes.hosts();
        if (hosts.isEmpty()) {
            throw new VinestockException(
                    DiskError.NO_PROVIDER, "no host has a data plane now; install feature vinestock-dataplane");
        }
        List<String> names = hosts.stream().map(HostId::value).toList();
        if (named == null && hosts.size() > 1) {
            throw new IllegalArgumentException(
                    "host: several have a data plane; accepted: one of " + Rules.some(names));
        } else if (named == null) {
            return hosts.get(0);
        } else if (!hosts.contains(named)) {
            throw new IllegalArgumentException(
                    "host: \"" + named + "\" has no data plane; accepted: " + Rules.some(names));
        }
        return named;
    }

    /** What a disk is once it is made. */
    static DiskMade made(DiskId id, Snapshot after) {
        Disk disk = Rules.row(id, after);
        return new DiskMade(disk.id(), disk.host(), disk.format(), disk.size(), disk.file());
    }

    /** The names of the clusters of the hosts of some disks. */
    static List<String> clusters(List<DiskId> disks, Snapshot snapshot) {
        List<String> clusters = new ArrayList<>();
        for (DiskId id : disks) {
            snapshot.rows(Disk.KIND)
                    .find(id)
                    .flatMap(disk -> cluster(disk.host(), snapshot))
                    .filter(name -> !clusters.contains(name))
                    .ifPresent(clusters::add);
        }
        return clusters;
    }

    /** The name of the cluster of a host. */
    static Optional<String> cluster(HostId host, Snapshot snapshot) {
        return snapshot.rows(SiteKinds.HOST).find(host).map(Host::cluster).map(cluster -> cluster.value());
    }
}

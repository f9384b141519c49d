package org.vinestock.machines.provider.view;

import java.math.BigDecimal;
import java.util.Optional;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.HostState;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.ByteCount;

/** A host with its columns. */
record HostSight(Host host, Optional<ObservedHost> seen, Hosts hosts, int row) {
    static HostSight of(Host host, Snapshot snapshot) {
        return new HostSight(
                host,
                snapshot.rows(SiteKinds.HOST_OBSERVED).find(host.id()),
                snapshot.hosts(),
                snapshot.hosts().row(host.id()));
    }

    HostCondition condition() {
        if (seen.isEmpty()) {
            return HostCondition.SILENT;
        } else if (seen.get().state() == HostState.DOWN) {
            return HostCondition.DOWN;
        }
        return host.maintenance() ? HostCondition.MAINTENANCE : HostCondition.UP;
    }

    BigDecimal cores() {
        return Place.cores(hosts.millicores(row));
    }

    BigDecimal usedCores() {
        return Place.cores(hosts.millicores(row) - hosts.freeMillicores(row));
    }

    ByteCount memory() {
        return new ByteCount(hosts.memory(row));
    }

    ByteCount usedMemory() {
        return new ByteCount(Math.max(0, hosts.memory(row) - hosts.freeMemory(row)));
    }

    /** The load, rounded to hundredths. */
    double load() {
        return Math.round(hosts.load(row) * 100) / 100.0;
    }
}

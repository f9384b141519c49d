package org.vinestock.machines.provider.fleet;

import java.util.BitSet;
import java.util.Optional;
import java.util.function.Predicate;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.HostState;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.HostId;

/** How hosts are, as far as is known. */
public final class HostStates {
    private HostStates() {}

    /** Whether a host did report and does not any more. */
    public static boolean isDown(HostId host, Snapshot snapshot) {
        Optional<ObservedHost> seen = snapshot.rows(SiteKinds.HOST_OBSERVED).find(host);
        return seen.isPresent() && seen.get().state() == HostState.DOWN;
    }

    /** The same for many hosts of a large site. */
    public static Predicate<HostId> down(Snapshot snapshot) {
        Hosts hosts = snapshot.hosts();
        BitSet down = new BitSet(hosts.end());
        for (ObservedHost seen : snapshot.rows(SiteKinds.HOST_OBSERVED)) {
            if (seen.state() == HostState.DOWN) {
                down.set(hosts.row(seen.id()));
            }
        }
        return host -> {
            int row = hosts.row(host);
            return row >= 0 && down.get(row);
        };
    }
}

package org.vinestock.machines.provider.fleet;

import java.util.Optional;
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
}

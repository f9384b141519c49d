package org.vinestock.machines.provider.view;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Derivation;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.HostState;
import org.vinestock.machines.provider.fleet.HostStates;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.HostId;

/**
 * Where the hosts of a snapshot stand and which are down, by their rows of {@link Hosts}: a page of VMs asks about a host a
 * VM, and what lies side by side is found in a third of the time. Immutable.
 */
final class Places {
    private static final Derivation<Places> DERIVATION = new Derivation<>() {
        @Override
        public Places build(Snapshot snapshot) {
            return new Places(snapshot);
        }

        @Override
        public Places update(Places before, Snapshot earlier, Snapshot now, List<Change> changes) {
            return before.after(now, changes);
        }
    };

    private final Place[] places;
    private final BitSet down;

    private Places(Place[] places, BitSet down) {
        this.places = places;
        this.down = down;
    }

    private Places(Snapshot snapshot) {
        Hosts hosts = snapshot.hosts();
        places = new Place[hosts.end()];
        Arrays.fill(places, Place.NOWHERE);
        for (Host host : snapshot.rows(SiteKinds.HOST)) {
            places[hosts.row(host.id())] = Place.of(host, snapshot);
        }
        down = new BitSet(hosts.end());
        for (ObservedHost host : snapshot.rows(SiteKinds.HOST_OBSERVED)) {
            down.set(hosts.row(host.id()), host.state() == HostState.DOWN);
        }
    }

    static Places of(Snapshot snapshot) {
        return snapshot.derive(DERIVATION);
    }

    /** Where the host of a row stands; -1 is nowhere. */
    Place at(int row) {
        return row < 0 || row >= places.length ? Place.NOWHERE : places[row];
    }

    /** Whether the host of a row did report and does not any more. */
    boolean isDown(int row) {
        return row >= 0 && down.get(row);
    }

    private Places after(Snapshot now, List<Change> changes) {
        @Nullable BitSet states = null;
        for (Change change : changes) {
            if (change.kind().equals(SiteKinds.HOST) || change.kind().equals(SiteKinds.RACK)) {
                return new Places(now);
            } else if (change.kind().equals(SiteKinds.HOST_OBSERVED)) {
                states = states == null ? (BitSet) down.clone() : states;
                HostId host = new HostId(change.id().value());
                states.set(now.hosts().row(host), HostStates.isDown(host, now));
            }
        }
        return states == null ? this : new Places(places, states);
    }
}

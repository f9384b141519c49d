package org.vinestock.machines.provider.view;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.HostId;

/** Where a host stands; empty texts where nobody knows. */
record Place(String zone, String rack, String cluster) {
    static final Place NOWHERE = new Place("", "", "");

    static Place of(@Nullable HostId id, Snapshot snapshot) {
        Optional<Host> host =
                id == null ? Optional.empty() : snapshot.rows(SiteKinds.HOST).find(id);
        return host.map(row -> of(row, snapshot)).orElse(NOWHERE);
    }

    static Place of(Host host, Snapshot snapshot) {
        String zone = snapshot.rows(SiteKinds.RACK)
                .find(host.rack())
                .map(rack -> rack.zone().value())
                .orElse("");
        return new Place(zone, host.rack().value(), host.cluster().value());
    }

    /** Cores as people read them, such as {@code 1.5}. */
    static BigDecimal cores(long millicores) {
        BigDecimal cores = BigDecimal.valueOf(millicores, 3).stripTrailingZeros();
        return cores.scale() < 0 ? cores.setScale(0) : cores;
    }
}

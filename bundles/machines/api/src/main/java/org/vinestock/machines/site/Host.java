package org.vinestock.machines.site;

import org.vinestock.inventory.HostRow;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;

/**
 * A host as people want it. It offers no capacity of its own: that is what {@link ObservedHost} reports.
 *
 * @param maintenance whether new VMs are kept away
 */
public record Host(HostId id, RackId rack, ClusterId cluster, Labels labels, boolean maintenance) implements HostRow {
    @Override
    public boolean accepts() {
        return !maintenance;
    }

    @Override
    public long millicores() {
        return 0;
    }

    @Override
    public long memory() {
        return 0;
    }
}

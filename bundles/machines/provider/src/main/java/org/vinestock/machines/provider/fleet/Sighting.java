package org.vinestock.machines.provider.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.HostReport;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.VmId;

/**
 * What the VMs in a host's report change.
 *
 * <p>A VM has one observed row. If two hosts report it, the row is that of the host where it should be; the other one has a
 * stale copy, which gets no row.
 *
 * @param rows what is known of the host when the changes are made
 * @param changes to be committed on the basis of the revision before the report was asked for
 * @param staleCopies VMs that are on this host and, as observed, on the one where they should be
 * @param formerHosts hosts that had the row of a VM that is here now
 */
record Sighting(
        SortedMap<String, ObservedVm> rows,
        List<Change> changes,
        List<VmId> staleCopies,
        SortedSet<String> formerHosts) {

    private Sighting() {
        this(new TreeMap<>(), new ArrayList<>(), new ArrayList<>(), new TreeSet<>());
    }

    /**
     * Compares a report with what is known; costs little for VMs that are as they were.
     *
     * @param all whether to look at those as well
     */
    static Sighting of(HostReport report, SortedMap<String, ObservedVm> known, boolean all, Snapshot head) {
        Sighting sighting = new Sighting();
        for (HostReport.Found found : report.machines()) {
            ObservedVm row =
                    new ObservedVm(found.id(), found.millicores(), found.memory(), found.power(), report.host());
            if (all || !row.equals(known.get(found.id().value()))) {
                sighting.look(row, head);
            } else {
                sighting.rows.put(found.id().value(), row);
            }
        }
        for (String name : known.keySet()) {
            if (!sighting.rows.containsKey(name)) {
                sighting.gone(new VmId(name), report.host(), head);
            }
        }
        return sighting;
    }

    private void look(ObservedVm row, Snapshot head) {
        Optional<ObservedVm> current = head.rows(SiteKinds.VM_OBSERVED).find(row.id());
        if (current.isPresent() && !current.get().host().equals(row.host())) {
            @Nullable
            HostId wanted = head.rows(SiteKinds.VM).find(row.id()).map(Vm::host).orElse(null);
            if (!row.host().equals(wanted)) {
                if (current.get().host().equals(wanted)) {
                    staleCopies.add(row.id());
                }
                return;
            }
            formerHosts.add(current.get().host().value());
        }
        if (current.isEmpty() || !current.get().equals(row)) {
            changes.add(new Change.Put<>(SiteKinds.VM_OBSERVED, row.id(), row));
        }
        rows.put(row.id().value(), row);
    }

    private void gone(VmId vm, HostId host, Snapshot head) {
        Optional<ObservedVm> current = head.rows(SiteKinds.VM_OBSERVED).find(vm);
        if (current.isPresent() && current.get().host().equals(host)) {
            changes.add(new Change.Removed(SiteKinds.VM_OBSERVED, vm));
        }
    }
}

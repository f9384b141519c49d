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
 * stale copy, which gets no row. What is left of a VM that should not be anywhere is stale, too.
 *
 * @param rows what is known of the host when the changes are made
 * @param changes to be committed on the basis of the revision before the report was asked for
 * @param staleCopies VMs that are to be removed from this host
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
     * @param doubtful VMs to look at in any case
     * @param all whether to look at all in any case
     */
    static Sighting of(
            HostReport report,
            SortedMap<String, ObservedVm> known,
            SortedSet<String> doubtful,
            boolean all,
            Snapshot head) {
        Sighting sighting = new Sighting();
        for (HostReport.Found found : report.machines()) {
            ObservedVm row =
                    new ObservedVm(found.id(), found.millicores(), found.memory(), found.power(), report.host());
            String name = found.id().value();
            if (all || doubtful.contains(name) || !row.equals(known.get(name))) {
                sighting.look(row, head);
            } else {
                sighting.rows.put(name, row);
            }
        }
        for (String name : known.keySet()) {
            if (!sighting.rows.containsKey(name)) {
                sighting.gone(new VmId(name), report.host(), head);
            }
        }
        for (String name : doubtful) {
            if (!sighting.rows.containsKey(name) && !known.containsKey(name)) {
                sighting.gone(new VmId(name), report.host(), head);
            }
        }
        if (all) {
            sighting.forgetLeftovers(report, head);
        }
        return sighting;
    }

    private void look(ObservedVm row, Snapshot head) {
        Optional<ObservedVm> current = head.rows(SiteKinds.VM_OBSERVED).find(row.id());
        HostId other = current.map(ObservedVm::host).orElse(row.host());
        @Nullable
        HostId wanted = head.rows(SiteKinds.VM).find(row.id()).map(Vm::host).orElse(null);
        boolean elsewhere = !other.equals(row.host());
        boolean here = row.host().equals(wanted);
        if (!here && ((elsewhere && other.equals(wanted)) || Leftover.isOn(row.host(), row.id(), head))) {
            staleCopies.add(row.id());
        }
        if (elsewhere && !here) {
            return;
        }
        if (elsewhere) {
            formerHosts.add(other.value());
        }
        if (current.isEmpty() || !current.get().equals(row)) {
            changes.add(new Change.Put<>(SiteKinds.VM_OBSERVED, row.id(), row));
        }
        rows.put(row.id().value(), row);
    }

    /** What is not there need not be removed. */
    private void forgetLeftovers(HostReport report, Snapshot head) {
        TreeSet<String> there = new TreeSet<>();
        report.machines().forEach(found -> there.add(found.id().value()));
        for (Leftover leftover : head.rows(Leftover.KIND)) {
            if (leftover.hosts().contains(report.host())
                    && !there.contains(leftover.id().value())) {
                changes.add(Leftover.forgotten(leftover.id(), report.host(), head));
            }
        }
    }

    private void gone(VmId vm, HostId host, Snapshot head) {
        Optional<ObservedVm> current = head.rows(SiteKinds.VM_OBSERVED).find(vm);
        if (current.isPresent() && current.get().host().equals(host)) {
            changes.add(new Change.Removed(SiteKinds.VM_OBSERVED, vm));
        }
    }
}

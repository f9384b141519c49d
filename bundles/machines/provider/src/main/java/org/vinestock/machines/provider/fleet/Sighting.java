package org.vinestock.machines.provider.fleet;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
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
 * stale copy, which gets no row. What is left of a VM that should not be anywhere is stale, too; it has a row while it is there.
 *
 * @param rows what is known of the host when the changes are made, in order of names
 * @param changes to be committed on the basis of the revision before the report was asked for
 * @param staleCopies VMs of which this host has, or may still get, what is to be removed
 * @param hiddenCopies VMs that are here, too, while another host has the row, and nobody can say yet which copy is the right one
 * @param formerHosts hosts that had the row of a VM that is here now
 * @param inStep what was reported, if each of it has its row at the same place in {@code rows}; else nothing
 */
record Sighting(
        List<ObservedVm> rows,
        List<Change> changes,
        List<VmId> staleCopies,
        List<VmId> hiddenCopies,
        SortedSet<String> formerHosts,
        List<HostReport.Found> inStep) {
    private Sighting(int size) {
        this(
                new ArrayList<>(size),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new TreeSet<>(),
                List.of());
    }

    /**
     * Compares a report with what is known; costs next to nothing for VMs that are as they were and in the same order, and
     * does not even look at those of which the report holds the same object as before.
     *
     * @param known in order of names
     * @param before what was reported when {@code known} became known, in step with it; empty = not known
     * @param doubtful VMs to look at in any case
     * @param all whether to look at all in any case
     */
    static Sighting of(
            HostReport report,
            List<ObservedVm> known,
            List<HostReport.Found> before,
            SortedSet<String> doubtful,
            boolean all,
            Snapshot head) {
        List<HostReport.Found> machines = report.machines();
        Sighting sighting = new Sighting(machines.size());
        boolean each = all || !doubtful.isEmpty();
        int begin = each ? 0 : sameAtBegin(machines, before);
        int same = each ? 0 : sameAtEnd(machines, before, begin);
        int end = known.size() - same;
        boolean[] there = new boolean[end];
        SortedSet<String> strangers = new TreeSet<>(doubtful);
        sighting.rows.addAll(known.subList(0, begin));
        int next = begin;
        boolean inOrder = true;
        boolean asBefore = true;
        @Nullable VmId last = begin == 0 ? null : known.get(begin - 1).id();
        for (HostReport.Found found : machines.subList(begin, machines.size() - same)) {
            boolean expected = next < end && known.get(next).id().equals(found.id());
            int at = expected
                    ? next
                    : Collections.binarySearch(
                            names(known.subList(0, end)), found.id().value());
            inOrder &= (expected && asBefore) || last == null || isBefore(last, found.id());
            asBefore = expected;
            last = found.id();
            boolean suspect = strangers.remove(found.id().value());
            if (at < 0) {
                sighting.look(found, report.host(), head);
                continue;
            }
            there[at] = true;
            next = at + 1;
            if (all || suspect || !isSame(known.get(at), found)) {
                sighting.look(found, report.host(), head);
            } else {
                sighting.rows.add(known.get(at));
            }
        }
        if (same > 0) {
            inOrder &= last == null || isBefore(last, known.get(end).id());
            sighting.rows.addAll(known.subList(end, known.size()));
        }
        if (!inOrder) { // hosts should report VMs in order of names
            sighting.rows.sort(Comparator.comparing(row -> row.id().value()));
        }
        for (int i = begin; i < end; i++) {
            if (!there[i]) {
                strangers.remove(known.get(i).id().value());
                sighting.gone(known.get(i).id(), report.host(), head);
            }
        }
        strangers.forEach(name -> sighting.gone(new VmId(name), report.host(), head));
        if (all) {
            sighting.removeLeftovers(report, head);
        }
        return inOrder && sighting.rows.size() == machines.size() ? sighting.inStepWith(machines) : sighting;
    }

    private Sighting inStepWith(List<HostReport.Found> machines) {
        return new Sighting(rows, changes, staleCopies, hiddenCopies, formerHosts, machines);
    }

    private static boolean isBefore(VmId first, VmId second) {
        return first.value().compareTo(second.value()) < 0;
    }

    /** How many objects two lists begin with in common. */
    @SuppressWarnings("ReferenceEquality") // another object is looked at
    private static int sameAtBegin(List<HostReport.Found> now, List<HostReport.Found> before) {
        int same = 0;
        while (same < Math.min(now.size(), before.size()) && now.get(same) == before.get(same)) {
            same++;
        }
        return same;
    }

    /** How many objects two lists end with in common, besides those that they begin with. */
    @SuppressWarnings("ReferenceEquality") // another object is looked at
    private static int sameAtEnd(List<HostReport.Found> now, List<HostReport.Found> before, int begin) {
        int most = Math.min(now.size(), before.size()) - begin;
        int same = 0;
        while (same < most && now.get(now.size() - 1 - same) == before.get(before.size() - 1 - same)) {
            same++;
        }
        return same;
    }

    /** The names of rows, found when asked for. */
    private static List<String> names(List<ObservedVm> rows) {
        return new AbstractList<>() {
            @Override
            public String get(int at) {
                return rows.get(at).id().value();
            }

            @Override
            public int size() {
                return rows.size();
            }
        };
    }

    private static boolean isSame(ObservedVm before, HostReport.Found found) {
        return before.power() == found.power()
                && before.millicores() == found.millicores()
                && before.size().equals(found.memory());
    }

    private void look(HostReport.Found found, HostId host, Snapshot head) {
        ObservedVm row = new ObservedVm(found.id(), found.millicores(), found.memory(), found.power(), host);
        Optional<ObservedVm> current = head.rows(SiteKinds.VM_OBSERVED).find(row.id());
        HostId other = current.map(ObservedVm::host).orElse(host);
        @Nullable
        HostId wanted = head.rows(SiteKinds.VM).find(row.id()).map(Vm::host).orElse(null);
        boolean elsewhere = !other.equals(host);
        boolean here = host.equals(wanted);
        boolean stale = !here && ((elsewhere && other.equals(wanted)) || Leftover.isOn(host, row.id(), head));
        if (stale) {
            staleCopies.add(row.id());
        } else if (elsewhere && !here) {
            hiddenCopies.add(row.id());
        }
        if (!here && (elsewhere || (stale && wanted != null && current.isEmpty()))) {
            return;
        }
        if (elsewhere) {
            formerHosts.add(other.value());
        }
        if (current.isEmpty() || !current.get().equals(row)) {
            changes.add(new Change.Put<>(SiteKinds.VM_OBSERVED, row.id(), row));
        }
        rows.add(row);
    }

    private void gone(VmId vm, HostId host, Snapshot head) {
        Optional<ObservedVm> current = head.rows(SiteKinds.VM_OBSERVED).find(vm);
        if (current.isPresent() && current.get().host().equals(host)) {
            changes.add(new Change.Removed(SiteKinds.VM_OBSERVED, vm));
        }
    }

    /**
     * What may be left here and is not there is removed all the same: a call that makes it may still be on its way, and is
     * refused only by a host that was told of a newer epoch.
     */
    private void removeLeftovers(HostReport report, Snapshot head) {
        TreeSet<String> there = new TreeSet<>();
        report.machines().forEach(found -> there.add(found.id().value()));
        for (Leftover leftover : head.rows(Leftover.KIND)) {
            if (leftover.hosts().contains(report.host())
                    && !there.contains(leftover.id().value())) {
                staleCopies.add(leftover.id());
            }
        }
    }
}

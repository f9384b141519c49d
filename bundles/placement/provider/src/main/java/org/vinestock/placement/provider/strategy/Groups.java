package org.vinestock.placement.provider.strategy;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VmId;

/**
 * How many VMs of each group are on each host, kept up to date by the changes of the inventory. Owned by one strategy, used
 * by one thread at a time.
 */
final class Groups {
    private static final RowCounts NOBODY = new RowCounts();
    private static final Spot NOWHERE = new Spot("", -1, -1);

    private final TreeMap<String, RowCounts> counts = new TreeMap<>();
    private final TreeMap<String, Spot> spots = new TreeMap<>();
    private long revision = -1;

    /** Where a VM counts: its group and up to two rows, -1 for none. */
    record Spot(String group, int first, int second) {
        int at(int row) {
            return row == first || row == second ? 1 : 0;
        }
    }

    /** Catches up with a snapshot. */
    void follow(Snapshot snapshot) {
        long now = snapshot.ref().revision();
        if (now == revision) {
            return;
        }
        Optional<List<Change>> changes = revision < 0 ? Optional.empty() : snapshot.changesSince(revision);
        if (changes.isPresent()) {
            for (Change change : changes.get()) {
                if (change.kind().equals(SiteKinds.VM) || change.kind().equals(SiteKinds.VM_OBSERVED)) {
                    look(change.id(), snapshot);
                }
            }
        } else {
            counts.clear();
            spots.clear();
            for (Vm vm : snapshot.rows(SiteKinds.VM)) {
                look(vm.id(), snapshot);
            }
        }
        revision = now;
    }

    /** The members of the group of these labels, by row. */
    RowCounts members(Labels labels) {
        @Nullable RowCounts members = counts.get(name(labels));
        return members == null ? NOBODY : members;
    }

    /** Where a VM itself counts in the group of these labels. */
    Spot spot(VmId vm, Labels labels) {
        @Nullable Spot spot = spots.get(vm.value());
        return spot == null || !spot.group().equals(name(labels)) ? NOWHERE : spot;
    }

    private void look(ObjectId id, Snapshot snapshot) {
        @Nullable Spot before = spots.get(id.value());
        @Nullable Spot now = now(id, snapshot);
        if (now != null && now.equals(before)) {
            return;
        }
        if (before != null) {
            count(before, -1);
            spots.remove(id.value());
        }
        if (now != null) {
            count(now, 1);
            spots.put(id.value(), now);
        }
    }

    private static @Nullable Spot now(ObjectId id, Snapshot snapshot) {
        Optional<Vm> vm = snapshot.rows(SiteKinds.VM).find(id);
        if (vm.isEmpty()) {
            return null;
        }
        Hosts hosts = snapshot.hosts();
        @Nullable HostId place = vm.get().host();
        int first = place == null ? -1 : hosts.row(place);
        Optional<ObservedVm> seen = snapshot.rows(SiteKinds.VM_OBSERVED).find(id);
        int second = seen.isEmpty() ? -1 : hosts.row(seen.get().host());
        return new Spot(name(vm.get().labels()), first, second);
    }

    private void count(Spot spot, int delta) {
        RowCounts group = counts.computeIfAbsent(spot.group(), name -> new RowCounts());
        if (spot.first() >= 0) {
            group.add(spot.first(), delta);
        }
        if (spot.second() >= 0 && spot.second() != spot.first()) {
            group.add(spot.second(), delta);
        }
        if (group.total() == 0) {
            counts.remove(spot.group());
        }
    }

    private static String name(Labels labels) {
        return labels.values().toString();
    }
}

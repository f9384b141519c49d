package org.vinestock.lab.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Platform;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.HostState;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.VmId;
import org.vinestock.time.Lane;

/**
 * Follows the VMs that ran on hosts which fail: notes when each runs again, and where.
 *
 * <p>Owned by a lane of the twin; read between its runs.
 */
final class Restarts {
    private final Platform twin;
    private final Lane lane;
    private final Instant failedAt;
    /** The VMs that ran on them, by name, with where. */
    private final SortedMap<String, Vm> affected = new TreeMap<>();

    private final SortedMap<String, Rehearsed.Restart> back = new TreeMap<>();
    private long revision;
    private @Nullable Instant noticed;

    /** Begins to follow; the hosts fail at once. */
    Restarts(Platform twin, List<HostId> failing) {
        this.twin = twin;
        this.lane = twin.scheduler().lane("lab.rehearsal");
        this.failedAt = twin.scheduler().instant();
        Snapshot head = twin.inventory().head();
        revision = head.ref().revision();
        TreeSet<String> names = new TreeSet<>();
        failing.forEach(host -> names.add(host.value()));
        for (ObservedVm seen : head.rows(SiteKinds.VM_OBSERVED)) {
            if (seen.power() == PowerState.RUNNING && names.contains(seen.host().value())) {
                Optional<Vm> vm = head.rows(SiteKinds.VM)
                        .find(seen.id())
                        .filter(row ->
                                row.power() == PowerState.RUNNING && seen.host().equals(row.host()));
                vm.ifPresent(row -> affected.put(row.id().value(), row));
            }
        }
        twin.inventory().onChange(lane, this::look);
    }

    private void look() {
        Snapshot head = twin.inventory().head();
        Optional<List<Change>> changes = head.changesSince(revision);
        revision = head.ref().revision();
        if (changes.isPresent()) {
            changes.get().forEach(change -> look(change, head));
        } else {
            head.rows(SiteKinds.VM_OBSERVED).forEach(seen -> look(seen, head));
        }
    }

    private void look(Change change, Snapshot head) {
        if (change instanceof Change.Put<?> put && put.value() instanceof ObservedVm seen) {
            look(seen, head);
        } else if (noticed == null
                && change instanceof Change.Put<?> put
                && put.value() instanceof ObservedHost host
                && host.state() == HostState.DOWN) {
            noticed = twin.scheduler().instant();
        }
    }

    private void look(ObservedVm seen, Snapshot head) {
        @Nullable Vm before = affected.get(seen.id().value());
        @Nullable HostId from = before == null ? null : before.host();
        if (from == null || seen.host().equals(from)) {
            return;
        }
        boolean wanted = head.rows(SiteKinds.VM)
                .find(seen.id())
                .filter(vm -> seen.host().equals(vm.host()))
                .isPresent();
        if (seen.power() == PowerState.RUNNING && wanted) {
            Duration after = Duration.between(failedAt, twin.scheduler().instant());
            back.putIfAbsent(
                    seen.id().value(), new Rehearsed.Restart(new VmId(seen.id().value()), from, seen.host(), after));
        }
    }

    /** The VMs that ran on hosts that failed, as they were, in order of their names. */
    List<Vm> affected() {
        return List.copyOf(affected.values());
    }

    /** Those that run again, in the order in which they did. */
    List<Rehearsed.Restart> back() {
        List<Rehearsed.Restart> inOrder = new ArrayList<>(back.values());
        inOrder.sort((a, b) -> a.after().compareTo(b.after()));
        return inOrder;
    }

    boolean isBack(VmId vm) {
        return back.containsKey(vm.value());
    }

    /** How long it took until a host was known to be down; nothing if none was. */
    Duration noticedAfter() {
        return noticed == null ? Duration.ZERO : Duration.between(failedAt, noticed);
    }
}

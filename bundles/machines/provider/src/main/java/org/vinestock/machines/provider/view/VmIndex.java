package org.vinestock.machines.provider.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Derivation;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.provider.fleet.HostStates;
import org.vinestock.machines.provider.view.Postings.Posting;
import org.vinestock.machines.site.HostVms;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;

/**
 * The VMs of a snapshot by their labels and by their states. Immutable; a VM that changes costs some microseconds, as does
 * each VM of a host that is lost or found again.
 */
final class VmIndex {
    /** From such a share on it is quicker to look at all VMs. */
    private static final int MANY = 8;

    private static final Derivation<VmIndex> DERIVATION = new Derivation<>() {
        @Override
        public VmIndex build(Snapshot snapshot) {
            return built(snapshot);
        }

        @Override
        public VmIndex update(VmIndex before, Snapshot earlier, Snapshot now, List<Change> changes) {
            return before.after(earlier, now, changes);
        }
    };

    private final Postings labels;
    private final Postings states;

    private VmIndex(Postings labels, Postings states) {
        this.labels = labels;
        this.states = states;
    }

    static VmIndex of(Snapshot snapshot) {
        return snapshot.derive(DERIVATION);
    }

    /**
     * Begins with the VMs that have all of some labels and are in a state, in order of their names.
     *
     * @param state null = any; then there must be a label
     * @param after only names that come after it
     */
    Found find(Labels wanted, @Nullable VmState state, String after) {
        String first = after + '\0'; // no name lies between
        List<Postings.Cursor> cursors = new ArrayList<>();
        wanted.values().forEach((key, value) -> cursors.add(labels.from(key, value, first)));
        if (state != null) {
            cursors.add(states.from(state.name(), "", first));
        }
        return new Found(cursors);
    }

    /** VMs that are under several words at once. */
    static final class Found {
        private final List<Postings.Cursor> cursors;

        private Found(List<Postings.Cursor> cursors) {
            this.cursors = cursors;
        }

        /** The next one; null = there are no more. */
        @Nullable
        VmId next() {
            @Nullable VmId candidate = cursors.get(0).vm();
            int agree = 0;
            for (int i = 0; candidate != null && agree < cursors.size(); i = (i + 1) % cursors.size()) {
                cursors.get(i).to(candidate.value());
                @Nullable VmId here = cursors.get(i).vm();
                agree = candidate.equals(here) ? agree + 1 : 1;
                candidate = here;
            }
            if (candidate != null) {
                cursors.get(0).to(candidate.value() + '\0');
            }
            return candidate;
        }
    }

    private static VmIndex built(Snapshot snapshot) {
        TreeMap<String, TreeMap<String, List<Posting>>> byLabel = new TreeMap<>();
        TreeMap<String, List<Posting>> byState = new TreeMap<>();
        Predicate<HostId> isDown = HostStates.down(snapshot);
        AllVms all = new AllVms(snapshot, "");
        for (VmSight vm = all.next(); vm != null; vm = all.next()) {
            VmId id = vm.id();
            vm.labels()
                    .values()
                    .forEach((key, value) -> byLabel.computeIfAbsent(key, any -> new TreeMap<>())
                            .computeIfAbsent(value, any -> new ArrayList<>())
                            .add(new Posting(key, value, id)));
            String state = vm.state(isDown).name();
            byState.computeIfAbsent(state, any -> new ArrayList<>()).add(new Posting(state, "", id));
        }
        List<Posting> labels = new ArrayList<>();
        byLabel.values().forEach(values -> values.values().forEach(labels::addAll));
        List<Posting> states = new ArrayList<>();
        byState.values().forEach(states::addAll);
        return new VmIndex(Postings.of(labels), Postings.of(states));
    }

    private VmIndex after(Snapshot earlier, Snapshot now, List<Change> changes) {
        SortedSet<String> changed = changed(earlier, now, changes);
        if (changed.size() > now.rows(SiteKinds.VM).size() / MANY + MANY) {
            return built(now);
        }
        Postings.Editor byLabel = labels.edit();
        Postings.Editor byState = states.edit();
        for (String name : changed) {
            VmId id = new VmId(name);
            Optional<VmSight> before = VmSight.of(id, earlier);
            Optional<VmSight> after = VmSight.of(id, now);
            Labels had = before.map(VmSight::labels).orElse(Labels.NONE);
            Labels has = after.map(VmSight::labels).orElse(Labels.NONE);
            if (!had.equals(has)) {
                had.values().forEach((key, value) -> byLabel.remove(new Posting(key, value, id)));
                has.values().forEach((key, value) -> byLabel.add(new Posting(key, value, id)));
            }
            Optional<String> was = before.map(vm -> stateOf(vm, earlier));
            Optional<String> is = after.map(vm -> stateOf(vm, now));
            if (!was.equals(is)) {
                was.ifPresent(state -> byState.remove(new Posting(state, "", id)));
                is.ifPresent(state -> byState.add(new Posting(state, "", id)));
            }
        }
        return new VmIndex(byLabel.done(), byState.done());
    }

    /** The VMs whose labels or state may be others now. */
    private static SortedSet<String> changed(Snapshot earlier, Snapshot now, List<Change> changes) {
        TreeSet<String> changed = new TreeSet<>();
        for (Change change : changes) {
            if (change.kind().equals(SiteKinds.VM) || change.kind().equals(SiteKinds.VM_OBSERVED)) {
                changed.add(change.id().value());
            } else if (change.kind().equals(SiteKinds.HOST_OBSERVED)) {
                HostId host = new HostId(change.id().value());
                if (HostStates.isDown(host, earlier) != HostStates.isDown(host, now)) {
                    HostVms.of(now).on(now.hosts().row(host)).forEach(vm -> changed.add(vm.value()));
                }
            }
        }
        return changed;
    }

    private static String stateOf(VmSight vm, Snapshot snapshot) {
        return vm.state(host -> HostStates.isDown(host, snapshot)).name();
    }
}

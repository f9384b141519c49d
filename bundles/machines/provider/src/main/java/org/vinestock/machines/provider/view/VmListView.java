package org.vinestock.machines.provider.view;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.provider.fleet.HostStates;
import org.vinestock.machines.provider.vm.Lookup;
import org.vinestock.machines.site.HostVms;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.operation.Input;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** {@code vm.list}: what is wanted and what is, in order of names. */
public final class VmListView implements View<VmListView.Filter, VmListView.Row> {
    /** Which VMs. */
    public record Filter(
            @Input(value = "Only VMs that should be or are on this host", optional = true) @Nullable
            HostId host,

            @Input("Only VMs with all of these labels, such as app=web")
            Labels label,

            @Input(value = "Only VMs in this state", optional = true) @Nullable
            VmState state) {}

    /** A VM. */
    public record Row(
            VmId id,
            VmState state,
            @Nullable HostId host,
            String zone,
            String cluster,
            BigDecimal cores,
            ByteCount memory,
            Labels labels) {}

    @Override
    public String name() {
        return "vm.list";
    }

    @Override
    public String summary() {
        return "List the VMs";
    }

    @Override
    public Class<Filter> parametersType() {
        return Filter.class;
    }

    @Override
    public Class<Row> rowType() {
        return Row.class;
    }

    @Override
    public CompletionStage<Page<Row>> read(Filter filter, Snapshot snapshot, PageRequest page) {
        @Nullable HostId host = filter.host();
        if (host != null) {
            Lookup.host(host, snapshot);
        }
        Walk walk = host == null
                ? new Merged(snapshot, page.after())
                : new OnHost(HostVms.of(snapshot).on(snapshot.hosts().row(host)), snapshot, page.after());
        Predicate<HostId> isDown =
                filter.state() == null ? each -> HostStates.isDown(each, snapshot) : HostStates.down(snapshot);
        List<Row> rows = new ArrayList<>();
        for (VmSight vm = walk.next(); vm != null; vm = walk.next()) {
            if (!passes(vm, filter, isDown)) {
                continue;
            }
            if (rows.size() == page.limit()) {
                String last = rows.get(rows.size() - 1).id().value();
                return CompletableFuture.completedFuture(new Page<>("", rows, last));
            }
            rows.add(row(vm, isDown, snapshot));
        }
        return CompletableFuture.completedFuture(new Page<>(rows));
    }

    private static boolean passes(VmSight vm, Filter filter, Predicate<HostId> isDown) {
        return has(vm.labels(), filter.label()) && (filter.state() == null || vm.state(isDown) == filter.state());
    }

    private static boolean has(Labels labels, Labels wanted) {
        return wanted.values().isEmpty()
                || labels.values().entrySet().containsAll(wanted.values().entrySet());
    }

    private static Row row(VmSight vm, Predicate<HostId> isDown, Snapshot snapshot) {
        Place place = Place.of(vm.host(), snapshot);
        return new Row(
                vm.id(),
                vm.state(isDown),
                vm.host(),
                place.zone(),
                place.cluster(),
                Place.cores(vm.millicores()),
                vm.memory(),
                vm.labels());
    }

    /** VMs in order of names; null = there are no more. */
    private interface Walk {
        @Nullable
        VmSight next();
    }

    /** Goes over those of one host. */
    private static final class OnHost implements Walk {
        private final Iterator<VmId> ids;
        private final Snapshot snapshot;
        private final String after;

        OnHost(List<VmId> ids, Snapshot snapshot, String after) {
            this.ids = ids.iterator();
            this.snapshot = snapshot;
            this.after = after;
        }

        @Override
        public @Nullable VmSight next() {
            while (ids.hasNext()) {
                VmId id = ids.next();
                if (id.value().compareTo(after) > 0) {
                    return VmSight.of(id, snapshot).orElse(null);
                }
            }
            return null;
        }
    }

    /** Goes over both tables at once. */
    private static final class Merged implements Walk {
        private final Iterator<Vm> wanted;
        private final Iterator<ObservedVm> seen;
        private @Nullable Vm nextWanted;
        private @Nullable ObservedVm nextSeen;

        Merged(Snapshot snapshot, String after) {
            wanted = snapshot.rows(SiteKinds.VM).after(after).iterator();
            seen = snapshot.rows(SiteKinds.VM_OBSERVED).after(after).iterator();
            nextWanted = next(wanted);
            nextSeen = next(seen);
        }

        @Override
        public @Nullable VmSight next() {
            Vm vm = nextWanted;
            ObservedVm observed = nextSeen;
            if (vm != null && observed != null) {
                int order = vm.id().value().compareTo(observed.id().value());
                vm = order <= 0 ? vm : null;
                observed = order >= 0 ? observed : null;
            }
            nextWanted = vm == null ? nextWanted : next(wanted);
            nextSeen = observed == null ? nextSeen : next(seen);
            if (vm != null) {
                return new VmSight(vm.id(), vm, observed);
            }
            return observed == null ? null : new VmSight(observed.id(), null, observed);
        }

        private static <T> @Nullable T next(Iterator<T> rows) {
            return rows.hasNext() ? rows.next() : null;
        }
    }
}

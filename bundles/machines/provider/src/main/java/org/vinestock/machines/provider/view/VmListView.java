package org.vinestock.machines.provider.view;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.provider.vm.Lookup;
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
        Walk walk = new Walk(snapshot, page.after());
        List<Row> rows = new ArrayList<>();
        for (Optional<VmSight> vm = walk.next(); vm.isPresent(); vm = walk.next()) {
            if (!passes(vm.get(), filter, snapshot)) {
                continue;
            }
            if (rows.size() == page.limit()) {
                String last = rows.get(rows.size() - 1).id().value();
                return CompletableFuture.completedFuture(new Page<>("", rows, last));
            }
            rows.add(row(vm.get(), snapshot));
        }
        return CompletableFuture.completedFuture(new Page<>(rows));
    }

    private static boolean passes(VmSight vm, Filter filter, Snapshot snapshot) {
        return (filter.host() == null || vm.isOn(filter.host()))
                && vm.labels()
                        .values()
                        .entrySet()
                        .containsAll(filter.label().values().entrySet())
                && (filter.state() == null || vm.state(snapshot) == filter.state());
    }

    private static Row row(VmSight vm, Snapshot snapshot) {
        Place place = Place.of(vm.host(), snapshot);
        return new Row(
                vm.id(),
                vm.state(snapshot),
                vm.host(),
                place.zone(),
                place.cluster(),
                Place.cores(vm.millicores()),
                vm.memory(),
                vm.labels());
    }

    /** Goes over both tables at once, in order of names. */
    private static final class Walk {
        private final Iterator<Vm> wanted;
        private final Iterator<ObservedVm> seen;
        private @Nullable Vm nextWanted;
        private @Nullable ObservedVm nextSeen;

        Walk(Snapshot snapshot, String after) {
            wanted = snapshot.rows(SiteKinds.VM).after(after).iterator();
            seen = snapshot.rows(SiteKinds.VM_OBSERVED).after(after).iterator();
            nextWanted = next(wanted);
            nextSeen = next(seen);
        }

        Optional<VmSight> next() {
            Vm vm = nextWanted;
            ObservedVm observed = nextSeen;
            int order = vm == null
                    ? 1
                    : observed == null
                            ? -1
                            : vm.id().value().compareTo(observed.id().value());
            if (vm != null && order <= 0) {
                nextWanted = next(wanted);
            }
            if (observed != null && order >= 0) {
                nextSeen = next(seen);
            }
            if (vm != null && order <= 0) {
                return Optional.of(new VmSight(vm.id(), vm, order == 0 ? observed : null));
            }
            return observed == null ? Optional.empty() : Optional.of(new VmSight(observed.id(), null, observed));
        }

        private static <T> @Nullable T next(Iterator<T> rows) {
            return rows.hasNext() ? rows.next() : null;
        }
    }
}

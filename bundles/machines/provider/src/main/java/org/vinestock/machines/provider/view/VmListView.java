package org.vinestock.machines.provider.view;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.provider.fleet.HostStates;
import org.vinestock.machines.provider.vm.Lookup;
import org.vinestock.machines.site.HostVms;
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
    public void prepare(Snapshot snapshot) {
        VmIndex.of(snapshot);
        HostVms.of(snapshot);
        Places.of(snapshot);
    }

    @Override
    public CompletionStage<Page<Row>> read(Filter filter, Snapshot snapshot, PageRequest page) {
        @Nullable HostId host = filter.host();
        if (host != null) {
            Lookup.host(host, snapshot);
        }
        Walk walk = walk(filter, snapshot, page.after());
        Places places = Places.of(snapshot);
        List<Row> rows = new ArrayList<>();
        for (VmSight vm = walk.next(); vm != null; vm = walk.next()) {
            if (rows.size() == page.limit()) {
                String last = rows.get(rows.size() - 1).id().value();
                return CompletableFuture.completedFuture(new Page<>("", rows, last));
            }
            rows.add(row(vm, places, snapshot.hosts()));
        }
        return CompletableFuture.completedFuture(new Page<>(rows));
    }

    private static Walk walk(Filter filter, Snapshot snapshot, String after) {
        @Nullable HostId host = filter.host();
        boolean any = filter.label().values().isEmpty() && filter.state() == null;
        if (host != null) {
            Iterator<VmId> ids =
                    HostVms.of(snapshot).on(snapshot.hosts().row(host)).iterator();
            return new OnHost(ids, filter, snapshot, after);
        } else if (any) {
            return new AllVms(snapshot, after)::next;
        }
        return new Indexed(VmIndex.of(snapshot).find(filter.label(), filter.state(), after), snapshot);
    }

    private static Row row(VmSight vm, Places places, Hosts hosts) {
        @Nullable HostId host = vm.host();
        int row = host == null ? -1 : hosts.row(host);
        Place place = places.at(row);
        return new Row(
                vm.id(),
                vm.state(wanted -> places.isDown(wanted.equals(host) ? row : hosts.row(wanted))),
                host,
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
    private record OnHost(Iterator<VmId> ids, Filter filter, Snapshot snapshot, String after) implements Walk {
        @Override
        public @Nullable VmSight next() {
            while (ids.hasNext()) {
                VmId id = ids.next();
                @Nullable
                VmSight vm = id.value().compareTo(after) > 0
                        ? VmSight.of(id, snapshot).orElse(null)
                        : null;
                if (vm != null && passes(vm)) {
                    return vm;
                }
            }
            return null;
        }

        private boolean passes(VmSight vm) {
            return vm.labels()
                            .values()
                            .entrySet()
                            .containsAll(filter.label().values().entrySet())
                    && (filter.state() == null
                            || vm.state(host -> HostStates.isDown(host, snapshot)) == filter.state());
        }
    }

    /** Goes over those that an index found. */
    private record Indexed(VmIndex.Found found, Snapshot snapshot) implements Walk {
        @Override
        public @Nullable VmSight next() {
            @Nullable VmId id = found.next();
            return id == null ? null : VmSight.of(id, snapshot).orElse(null);
        }
    }
}

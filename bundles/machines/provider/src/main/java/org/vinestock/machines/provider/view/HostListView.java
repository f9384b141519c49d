package org.vinestock.machines.provider.view;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.ClusterId;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.HostVms;
import org.vinestock.machines.site.RackId;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.ZoneId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.operation.Input;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** {@code host.list}. */
public final class HostListView implements View<HostListView.Filter, HostListView.Row> {
    /** Which hosts. */
    public record Filter(
            @Input(value = "Only hosts in this state", optional = true) @Nullable
            HostCondition state,

            @Input(value = "Only hosts of this zone", optional = true) @Nullable
            ZoneId zone,

            @Input(value = "Only hosts of this rack", optional = true) @Nullable
            RackId rack,

            @Input(value = "Only hosts of this cluster", optional = true) @Nullable
            ClusterId cluster) {}

    /**
     * A host.
     *
     * @param usedCores what VMs take that should be there or are
     * @param load share of the CPU in use
     * @param simulated whether it is only played
     */
    public record Row(
            HostId id,
            HostCondition state,
            String zone,
            String rack,
            String cluster,
            BigDecimal cores,
            BigDecimal usedCores,
            ByteCount memory,
            ByteCount usedMemory,
            int vms,
            double load,
            boolean simulated) {}

    @Override
    public String name() {
        return "host.list";
    }

    @Override
    public String summary() {
        return "List the hosts with what is used of them";
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
        HostVms.of(snapshot);
        Places.of(snapshot);
    }

    @Override
    public CompletionStage<Page<Row>> read(Filter filter, Snapshot snapshot, PageRequest page) {
        HostVms vms = HostVms.of(snapshot);
        Places places = Places.of(snapshot);
        List<Row> rows = new ArrayList<>();
        for (Host host : snapshot.rows(SiteKinds.HOST).after(page.after())) {
            HostSight sight = HostSight.of(host, snapshot);
            Place place = places.at(sight.row());
            if (!passes(sight, place, filter)) {
                continue;
            }
            if (rows.size() == page.limit()) {
                String last = rows.get(rows.size() - 1).id().value();
                return CompletableFuture.completedFuture(new Page<>("", rows, last));
            }
            rows.add(row(sight, place, vms.count(sight.row())));
        }
        return CompletableFuture.completedFuture(new Page<>(rows));
    }

    private static boolean passes(HostSight sight, Place place, Filter filter) {
        return (filter.state() == null || sight.condition() == filter.state())
                && (filter.zone() == null || place.zone().equals(filter.zone().value()))
                && (filter.rack() == null || place.rack().equals(filter.rack().value()))
                && (filter.cluster() == null
                        || place.cluster().equals(filter.cluster().value()));
    }

    private static Row row(HostSight sight, Place place, int vms) {
        return new Row(
                sight.host().id(),
                sight.condition(),
                place.zone(),
                place.rack(),
                place.cluster(),
                sight.cores(),
                sight.usedCores(),
                sight.memory(),
                sight.usedMemory(),
                vms,
                sight.load(),
                sight.seen().isPresent() && sight.seen().get().simulated());
    }
}

package org.vinestock.machines.provider.view;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.HostState;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.HostVms;
import org.vinestock.machines.site.Rack;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.ZoneId;
import org.vinestock.model.ByteCount;
import org.vinestock.operation.Input;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** {@code host.racks}: a large site at a glance. */
public final class RackListView implements View<RackListView.Filter, RackListView.Row> {
    /** Which racks. */
    public record Filter(
            @Input(value = "Only racks of this zone", optional = true) @Nullable
            ZoneId zone) {}

    /**
     * A rack.
     *
     * @param up hosts that answer, in maintenance or not
     * @param usedCores what VMs take that should be there or are
     * @param simulated whether any of its hosts is only played
     */
    public record Row(
            String rack,
            String zone,
            int hosts,
            int up,
            BigDecimal cores,
            BigDecimal usedCores,
            ByteCount memory,
            ByteCount usedMemory,
            int vms,
            boolean simulated) {}

    @Override
    public String name() {
        return "host.racks";
    }

    @Override
    public String summary() {
        return "List the racks with what is used of their hosts";
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
    }

    @Override
    public CompletionStage<Page<Row>> read(Filter filter, Snapshot snapshot, PageRequest page) {
        HostVms vms = HostVms.of(snapshot);
        TreeMap<String, Sum> racks = new TreeMap<>();
        Sum sum = new Sum("");
        String last = "";
        for (Host host : snapshot.rows(SiteKinds.HOST)) {
            String rack = host.rack().value();
            if (!rack.equals(last) || racks.isEmpty()) { // neighbours mostly stand in one rack
                last = rack;
                sum = racks.computeIfAbsent(rack, any -> new Sum(zone(host, snapshot)));
            }
            HostSight sight = HostSight.of(host, snapshot);
            sum.add(sight, vms.count(sight.row()));
        }
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, Sum> each : racks.tailMap(page.after(), false).entrySet()) {
            if (filter.zone() != null
                    && !each.getValue().zone.equals(filter.zone().value())) {
                continue;
            }
            if (rows.size() == page.limit()) {
                return CompletableFuture.completedFuture(
                        new Page<>("", rows, rows.get(rows.size() - 1).rack()));
            }
            rows.add(each.getValue().row(each.getKey()));
        }
        return CompletableFuture.completedFuture(new Page<>(rows));
    }

    private static String zone(Host host, Snapshot snapshot) {
        return snapshot.rows(SiteKinds.RACK)
                .find(host.rack())
                .map(Rack::zone)
                .map(ZoneId::value)
                .orElse("");
    }

    /** What is known of a rack so far. */
    private static final class Sum {
        private final String zone;
        private int hosts;
        private int up;
        private long millicores;
        private long freeMillicores;
        private long memory;
        private long freeMemory;
        private int vms;
        private boolean simulated;

        Sum(String zone) {
            this.zone = zone;
        }

        void add(HostSight sight, int itsVms) {
            hosts++;
            vms += itsVms;
            millicores += sight.hosts().millicores(sight.row());
            freeMillicores += sight.hosts().freeMillicores(sight.row());
            memory += sight.hosts().memory(sight.row());
            freeMemory += sight.hosts().freeMemory(sight.row());
            up += sight.seen().filter(seen -> seen.state() == HostState.UP).isPresent() ? 1 : 0;
            simulated |= sight.seen().isPresent() && sight.seen().get().simulated();
        }

        Row row(String rack) {
            return new Row(
                    rack,
                    zone,
                    hosts,
                    up,
                    Place.cores(millicores),
                    Place.cores(millicores - freeMillicores),
                    new ByteCount(memory),
                    new ByteCount(Math.max(0, memory - freeMemory)),
                    vms,
                    simulated);
        }
    }
}

package org.vinestock.machines.provider.view;

import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.HostFacts;
import org.vinestock.machines.provider.vm.Lookup;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.HostVms;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.operation.Input;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** {@code host.info}: all that is known of one host. */
public final class HostInfoView implements View<HostInfoView.Which, HostInfoView.Row> {
    /** Which host. */
    public record Which(
            @Input(value = "Name of the host", at = 0, completedBy = "host.list#id")
            HostId id) {}

    /**
     * A host.
     *
     * @param vms that should be there or are
     * @param simulated whether it is only played
     * @param hypervisor such as {@code QEMU 7.2.22}; empty = not said, as what follows
     * @param accelerator what runs guests' instructions, and why that, such as {@code tcg: the probe guest did not start}
     * @param offers what its VMs offer
     */
    public record Row(
            HostId id,
            HostCondition state,
            boolean maintenance,
            String zone,
            String rack,
            String cluster,
            Labels labels,
            BigDecimal cores,
            BigDecimal usedCores,
            ByteCount memory,
            ByteCount usedMemory,
            double load,
            List<VmId> vms,
            boolean simulated,
            String hypervisor,
            String accelerator,
            String cpu,
            List<String> offers) {
        /** Copies the lists. */
        public Row {
            vms = List.copyOf(vms);
            offers = List.copyOf(offers);
        }
    }

    @Override
    public String name() {
        return "host.info";
    }

    @Override
    public String summary() {
        return "Show all that is known of a host";
    }

    @Override
    public Class<Which> parametersType() {
        return Which.class;
    }

    @Override
    public Class<Row> rowType() {
        return Row.class;
    }

    @Override
    public CompletionStage<Page<Row>> read(Which parameters, Snapshot snapshot, PageRequest page) {
        Host host = Lookup.host(parameters.id(), snapshot);
        HostSight sight = HostSight.of(host, snapshot);
        Place place = Place.of(host, snapshot);
        HostFacts facts = sight.seen().map(ObservedHost::facts).orElse(HostFacts.NONE);
        String because = facts.because();
        return CompletableFuture.completedFuture(new Page<>(List.of(new Row(
                host.id(),
                sight.condition(),
                host.maintenance(),
                place.zone(),
                place.rack(),
                place.cluster(),
                host.labels(),
                sight.cores(),
                sight.usedCores(),
                sight.memory(),
                sight.usedMemory(),
                sight.load(),
                HostVms.of(snapshot).on(sight.row()),
                sight.seen().isPresent() && sight.seen().get().simulated(),
                facts.hypervisor(),
                facts.accelerator() + (because.isEmpty() ? "" : ": " + because),
                facts.cpu(),
                facts.offers()))));
    }
}

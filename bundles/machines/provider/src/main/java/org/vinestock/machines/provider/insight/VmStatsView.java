package org.vinestock.machines.provider.insight;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations.OneVm;
import org.vinestock.machines.capability.Statistics;
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.machines.provider.vm.Lookup;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.VmId;
import org.vinestock.time.Lane;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** {@code vm.stats}: what a VM has used since it was started. */
public final class VmStatsView implements View<OneVm, VmStatsView.Row> {
    private final Fleet fleet;
    private final Lane lane;

    /** Makes it; {@code lane}: what goes on once the host has answered. */
    public VmStatsView(Fleet fleet, Lane lane) {
        this.fleet = fleet;
        this.lane = lane;
    }

    /**
     * A VM.
     *
     * @param cpu time of its virtual CPUs, and of the host on its behalf
     * @param resident memory of the host that is in use
     * @param balloon memory that the guest has now
     */
    public record Row(VmId id, Duration cpu, ByteCount resident, ByteCount balloon, List<Statistics.DiskUse> disks) {
        /** Copies the list. */
        public Row {
            disks = List.copyOf(disks);
        }
    }

    @Override
    public String name() {
        return "vm.stats";
    }

    @Override
    public String summary() {
        return "Show what a VM has used since it was started";
    }

    @Override
    public Class<OneVm> parametersType() {
        return OneVm.class;
    }

    @Override
    public Class<VmStatsView.Row> rowType() {
        return VmStatsView.Row.class;
    }

    @Override
    public CompletionStage<Page<VmStatsView.Row>> read(OneVm parameters, Snapshot snapshot, PageRequest page) {
        Vm vm = Lookup.vm(parameters.id(), snapshot);
        Statistics of = fleet.capability(vm.id(), Lookup.place(vm, snapshot), Statistics.class);
        return of.sample()
                .thenApplyAsync(
                        sample -> new Page<>(List.of(
                                new Row(vm.id(), sample.cpu(), sample.resident(), sample.balloon(), sample.disks()))),
                        lane);
    }
}

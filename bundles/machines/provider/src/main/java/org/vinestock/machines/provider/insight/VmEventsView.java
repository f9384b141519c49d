package org.vinestock.machines.provider.insight;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations.OneVm;
import org.vinestock.machines.capability.Happenings;
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.machines.provider.vm.Lookup;
import org.vinestock.machines.site.Vm;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** {@code vm.events}: what happened to a VM that its power state does not say, oldest first. */
public final class VmEventsView implements View<OneVm, Happenings.Happening> {
    private final Fleet fleet;

    /** Makes it. */
    public VmEventsView(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public String name() {
        return "vm.events";
    }

    @Override
    public String summary() {
        return "List what happened to a VM lately: panics, resets, disks that failed";
    }

    @Override
    public Class<OneVm> parametersType() {
        return OneVm.class;
    }

    @Override
    public Class<Happenings.Happening> rowType() {
        return Happenings.Happening.class;
    }

    @Override
    public CompletionStage<Page<Happenings.Happening>> read(OneVm parameters, Snapshot snapshot, PageRequest page) {
        Vm vm = Lookup.vm(parameters.id(), snapshot);
        Happenings of = fleet.capability(vm.id(), Lookup.place(vm, snapshot), Happenings.class);
        List<Happenings.Happening> recent = of.recent();
        int from = Math.max(0, recent.size() - page.limit());
        return CompletableFuture.completedFuture(new Page<>(recent.subList(from, recent.size())));
    }
}

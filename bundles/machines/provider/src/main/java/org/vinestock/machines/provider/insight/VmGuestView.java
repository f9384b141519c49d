package org.vinestock.machines.provider.insight;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations.OneVm;
import org.vinestock.machines.capability.GuestAgent;
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.machines.provider.vm.Lookup;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.VmId;
import org.vinestock.time.Lane;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** {@code vm.guest}: what a guest says of itself, through its agent. */
public final class VmGuestView implements View<OneVm, VmGuestView.Row> {
    private final Fleet fleet;
    private final Lane lane;

    /** Makes it; {@code lane}: what goes on once the host has answered. */
    public VmGuestView(Fleet fleet, Lane lane) {
        this.fleet = fleet;
        this.lane = lane;
    }

    /** A guest; what it does not say is null. */
    public record Row(
            VmId id,
            String agent,
            @Nullable String hostname,
            @Nullable String system,
            List<String> addresses) {
        /** Copies the list. */
        public Row {
            addresses = List.copyOf(addresses);
        }
    }

    @Override
    public String name() {
        return "vm.guest";
    }

    @Override
    public String summary() {
        return "Show what a guest says of itself through its agent";
    }

    @Override
    public Class<OneVm> parametersType() {
        return OneVm.class;
    }

    @Override
    public Class<VmGuestView.Row> rowType() {
        return VmGuestView.Row.class;
    }

    @Override
    public CompletionStage<Page<VmGuestView.Row>> read(OneVm parameters, Snapshot snapshot, PageRequest page) {
        Vm vm = Lookup.vm(parameters.id(), snapshot);
        GuestAgent of = fleet.capability(vm.id(), Lookup.place(vm, snapshot), GuestAgent.class);
        return of.info()
                .thenApplyAsync(
                        guest -> new Page<>(List.of(
                                new Row(vm.id(), guest.agent(), guest.hostname(), guest.system(), guest.addresses()))),
                        lane);
    }
}

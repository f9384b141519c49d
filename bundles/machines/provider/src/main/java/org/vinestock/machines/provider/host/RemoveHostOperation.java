package org.vinestock.machines.provider.host;

import java.util.List;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.HostChanged;
import org.vinestock.machines.MachineOperations.OneHost;
import org.vinestock.machines.provider.fleet.Fleet;
import org.vinestock.machines.provider.vm.Lookup;
import org.vinestock.model.HostId;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/** {@code host.remove}: of a host that nobody runs; one that somebody does would be back at once. */
final class RemoveHostOperation implements Operation<OneHost, HostChanged> {
    private final Fleet fleet;

    RemoveHostOperation(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public OperationType<OneHost, HostChanged> type() {
        return MachineOperations.REMOVE_HOST;
    }

    @Override
    public Plan plan(OneHost parameters, Planning planning) {
        HostId host = Lookup.host(parameters.id(), planning.snapshot()).id();
        if (fleet.isOffered(host)) {
            throw new IllegalArgumentException(
                    "id: " + host + " is run by a provider; accepted: a host that none runs any more, see area:list");
        }
        String why = RemoveHostStep.stillOn(host, planning.snapshot());
        if (!why.isEmpty()) {
            throw new IllegalArgumentException("id: " + why + "; accepted: a host on which nothing is");
        }
        return new Plan(List.of(host), List.of(new Step("remove " + host, RemoveHostStep.KIND, parameters)));
    }

    @Override
    public HostChanged result(OneHost parameters, Plan plan, Snapshot after) {
        return new HostChanged(parameters.id(), "removed; its rack, zone and cluster stay");
    }

    @Override
    public List<String> clusters(OneHost parameters, Plan plan, Snapshot snapshot) {
        return Lookup.clusters(List.of(parameters.id()), snapshot);
    }
}

package org.vinestock.machines.provider.host;

import java.util.List;
import java.util.Optional;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.AddHost;
import org.vinestock.machines.MachineOperations.HostChanged;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.Rack;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/** {@code host.add}. */
final class AddHostOperation implements Operation<AddHost, HostChanged> {
    @Override
    public OperationType<AddHost, HostChanged> type() {
        return MachineOperations.ADD_HOST;
    }

    @Override
    public Plan plan(AddHost parameters, Planning planning) {
        Snapshot snapshot = planning.snapshot();
        if (snapshot.rows(SiteKinds.HOST).find(parameters.id()).isPresent()) {
            throw new IllegalArgumentException(
                    "id: host \"" + parameters.id() + "\" is there already; accepted: another name");
        }
        Optional<Rack> rack = snapshot.rows(SiteKinds.RACK).find(parameters.rack());
        if (rack.isPresent() && !rack.get().zone().equals(parameters.zone())) {
            throw new IllegalArgumentException("zone: rack \"" + parameters.rack() + "\" is in zone "
                    + rack.get().zone() + ", not in " + parameters.zone() + "; accepted: "
                    + rack.get().zone() + ", or another rack");
        }
        Host host = new Host(parameters.id(), parameters.rack(), parameters.cluster(), parameters.labels(), false);
        return new Plan(
                List.of(host.id()),
                List.of(new Step(
                        "add " + host.id(), AddHostStep.KIND, new AddHostStep.Arguments(host, parameters.zone()))));
    }

    @Override
    public HostChanged result(AddHost parameters, Plan plan, Snapshot after) {
        boolean seen = after.rows(SiteKinds.HOST_OBSERVED).find(parameters.id()).isPresent();
        return new HostChanged(
                parameters.id(),
                "stands in " + parameters.rack() + " of " + parameters.zone()
                        + (seen ? "" : "; it takes VMs once its provider reports it"));
    }

    @Override
    public List<String> clusters(AddHost parameters, Plan plan, Snapshot snapshot) {
        boolean known =
                snapshot.rows(SiteKinds.CLUSTER).find(parameters.cluster()).isPresent();
        return known ? List.of(parameters.cluster().value()) : List.of();
    }
}

package org.vinestock.dataplane.provider.show;

import java.util.List;
import java.util.function.Supplier;
import org.vinestock.dataplane.DataPlane;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.HostId;
import org.vinestock.operation.Input;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Role;
import org.vinestock.operation.Step;

/** {@code dataplane.restart}. */
public final class RestartOperation implements Operation<RestartOperation.Which, RestartOperation.Restarted> {
    /** Its type. */
    public static final OperationType<Which, Restarted> TYPE = new OperationType<>(
            "dataplane.restart",
            Which.class,
            Restarted.class,
            Role.OPERATOR,
            "Start the process that serves a host's disks anew; guests notice a pause and no error");

    private final Supplier<List<DataPlane>> planes;

    /** Of whichever data planes there are when it is planned. */
    public RestartOperation(Supplier<List<DataPlane>> planes) {
        this.planes = planes;
    }

    /** Parameters. */
    public record Which(
            @Input(value = "Name of the host", at = 0, completedBy = "dataplane.list#host")
            HostId host) {}

    /** Result. */
    public record Restarted(HostId host, String now) {}

    @Override
    public OperationType<Which, Restarted> type() {
        return TYPE;
    }

    @Override
    public Plan plan(Which parameters, Planning planning) {
        List<HostId> hosts =
                planes.get().stream().flatMap(plane -> plane.hosts().stream()).toList();
        if (!hosts.contains(parameters.host())) {
            throw new IllegalArgumentException("host: " + parameters.host() + " has no data plane; accepted: "
                    + (hosts.isEmpty() ? "none here has one" : hosts));
        }
        return new Plan(
                List.of(),
                List.of(new Step(
                        "restart the data plane of " + parameters.host(),
                        RestartStep.KIND,
                        new RestartStep.Arguments(parameters.host()))));
    }

    @Override
    public Restarted result(Which parameters, Plan plan, Snapshot after) {
        return new Restarted(parameters.host(), "serves again, by a new process");
    }
}

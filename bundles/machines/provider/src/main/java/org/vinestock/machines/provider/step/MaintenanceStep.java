package org.vinestock.machines.provider.step;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Change;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;

/** Writes whether new VMs are kept away from a host. */
public final class MaintenanceStep implements StepHandler<MaintenanceStep.Arguments> {
    /** Its kind. */
    public static final String KIND = "machines.maintenance";

    private final SiteRows rows;

    MaintenanceStep(SiteRows rows) {
        this.rows = rows;
    }

    /** Arguments: which host, how it was, and how it is to be. */
    public record Arguments(HostId host, boolean from, boolean to) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<Arguments> argumentsType() {
        return Arguments.class;
    }

    @Override
    public boolean onlyCommits() {
        return true;
    }

    @Override
    public CompletionStage<?> apply(Arguments arguments, StepContext context) {
        return set(host(arguments, context), arguments.to());
    }

    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        return set(host(arguments, context), arguments.from());
    }

    private CompletionStage<?> set(Host host, boolean on) {
        if (host.maintenance() == on) {
            return CompletableFuture.completedFuture(null);
        }
        Host changed = new Host(host.id(), host.rack(), host.cluster(), host.labels(), on);
        return rows.commit(new Change.Put<>(SiteKinds.HOST, host.id(), changed));
    }

    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        boolean done = host(arguments, context).maintenance() == arguments.to();
        return CompletableFuture.completedFuture(done ? StepState.DONE : StepState.NOT_BEGUN);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(
                arguments.to()
                        ? "new VMs would be kept away from " + arguments.host()
                        : "VMs could be placed on " + arguments.host() + " again");
    }

    private static Host host(Arguments arguments, StepContext context) {
        return context.snapshot()
                .rows(SiteKinds.HOST)
                .find(arguments.host())
                .orElseThrow(() -> new VinestockException(
                        MachineError.CHANGED_MEANWHILE, "host " + arguments.host() + " was removed meanwhile"));
    }
}

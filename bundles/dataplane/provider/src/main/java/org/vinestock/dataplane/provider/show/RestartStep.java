package org.vinestock.dataplane.provider.show;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.vinestock.dataplane.BlockExports;
import org.vinestock.dataplane.DataPlane;
import org.vinestock.dataplane.DataPlaneError;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;

/** Starts a process anew. Once more harms nobody, so nothing is taken back. */
public final class RestartStep implements StepHandler<RestartStep.Arguments> {
    static final String KIND = "dataplane.restart";

    private final Supplier<List<DataPlane>> planes;

    /** Of whichever data planes there are when it is carried out. */
    public RestartStep(Supplier<List<DataPlane>> planes) {
        this.planes = planes;
    }

    /** Of which host. */
    public record Arguments(HostId host) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<Arguments> argumentsType() {
        return Arguments.class;
    }

    private BlockExports exports(HostId host) {
        return planes.get().stream()
                .flatMap(plane -> plane.exports(host).stream())
                .findFirst()
                .orElseThrow(() -> new VinestockException(
                        DataPlaneError.PLANE_UNREACHABLE, "nobody runs a data plane of " + host + " any more"));
    }

    @Override
    public CompletionStage<?> apply(Arguments arguments, StepContext context) {
        return exports(arguments.host()).restart();
    }

    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(StepState.NOT_BEGUN);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        return exports(arguments.host())
                .status()
                .thenApply(status -> "process " + status.pid() + " would hand over " + status.exports()
                        + " exports to a new one; " + status.clients() + " clients would connect again");
    }
}

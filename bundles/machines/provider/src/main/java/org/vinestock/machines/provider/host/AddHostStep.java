package org.vinestock.machines.provider.host;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Change;
import org.vinestock.machines.provider.fleet.HostRows;
import org.vinestock.machines.provider.step.SiteRows;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.ZoneId;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;

/** Writes the rows of a host, and those of what it names and is not there. */
final class AddHostStep implements StepHandler<AddHostStep.Arguments> {
    static final String KIND = "machines.add-host";

    private final SiteRows rows;

    AddHostStep(SiteRows rows) {
        this.rows = rows;
    }

    /** Arguments: the host, and the zone of its rack. */
    record Arguments(Host host, ZoneId zone) {}

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
        return isThere(arguments, context)
                ? CompletableFuture.completedFuture(null)
                : rows.commitChecked(snapshot -> HostRows.missing(arguments.host(), arguments.zone(), snapshot));
    }

    private static boolean isThere(Arguments arguments, StepContext context) {
        return context.snapshot()
                .rows(SiteKinds.HOST)
                .find(arguments.host().id())
                .isPresent();
    }

    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        return isThere(arguments, context)
                ? rows.commit(
                        new Change.Removed(SiteKinds.HOST, arguments.host().id()))
                : CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(isThere(arguments, context) ? StepState.DONE : StepState.NOT_BEGUN);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        int count = HostRows.missing(arguments.host(), arguments.zone(), context.snapshot())
                .size();
        return CompletableFuture.completedFuture(count + " rows would be written");
    }
}

package org.vinestock.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.lab.arrivals.Tenants;
import org.vinestock.lab.site.SiteShape;
import org.vinestock.lab.site.Topology;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.placement.rule.PlacementRule;
import org.vinestock.time.Lane;

/** Writes the rows of a site: where its hosts stand, and the rules of its tenants. */
final class TopologyStep implements StepHandler<TopologyStep.Arguments> {
    static final String KIND = "lab.topology";

    private final Inventory inventory;
    private final Lane lane;

    /**
     * Which site.
     *
     * @param rules whether its tenants have rules
     * @param arrivals VMs a second at speed 1
     */
    record Arguments(SiteShape shape, boolean rules, double arrivals) {}

    TopologyStep(Inventory inventory, Lane lane) {
        this.inventory = inventory;
        this.lane = lane;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Class<Arguments> argumentsType() {
        return Arguments.class;
    }

    @Override
    public CompletionStage<?> apply(Arguments arguments, StepContext context) {
        List<Change> rows = rows(arguments);
        if (!context.by().equals(DemoSite.NAME)) {
            BuiltSite built = new BuiltSite(BuiltSite.ID, arguments.shape(), arguments.arrivals());
            rows.add(new Change.Put<>(BuiltSite.KIND, BuiltSite.ID, built));
        }
        return commit(missing(rows));
    }

    /** What an earlier process wrote stays as it is: people may have changed it since. */
    private List<Change> missing(List<Change> rows) {
        Snapshot head = inventory.head();
        return rows.stream()
                .filter(row -> head.rows(row.kind()).find(row.id()).isEmpty())
                .toList();
    }

    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        List<Change> rows = rows(arguments);
        Resumption.built(inventory.head())
                .ifPresent(built -> rows.add(new Change.Put<>(BuiltSite.KIND, BuiltSite.ID, built)));
        return commit(rows.stream()
                .<Change>map(row -> new Change.Removed(row.kind(), row.id()))
                .toList());
    }

    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        long there = Topology.of(arguments.shape()).places().stream()
                .filter(place -> context.snapshot()
                        .rows(SiteKinds.HOST)
                        .find(place.host())
                        .isPresent())
                .count();
        return CompletableFuture.completedFuture(
                there == arguments.shape().hosts()
                        ? StepState.DONE
                        : there == 0 ? StepState.NOT_BEGUN : StepState.HALF_WAY);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture("writes " + rows(arguments).size() + " rows, of them "
                + arguments.shape().hosts() + " hosts");
    }

    private static List<Change> rows(Arguments arguments) {
        List<Change> rows = new ArrayList<>(Topology.of(arguments.shape()).rows());
        if (arguments.rules()) {
            rows.add(new Change.Put<>(PlacementRule.KIND, Tenants.RULE.id(), Tenants.RULE));
        }
        return rows;
    }

    private CompletionStage<?> commit(List<Change> changes) {
        long basis = inventory.head().ref().revision();
        return inventory.commit(new ChangeSet(basis, changes)).thenApplyAsync(TopologyStep::done, lane);
    }

    private static Commit done(Commit commit) {
        if (commit instanceof Commit.Refused refused) {
            throw new VinestockException(
                    LabError.SITE_REFUSED, "the inventory refuses the site: " + refused.violations());
        }
        return commit;
    }
}

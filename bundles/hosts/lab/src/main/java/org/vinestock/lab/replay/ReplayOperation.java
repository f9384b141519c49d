package org.vinestock.lab.replay;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Decisions;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.Snapshot;
import org.vinestock.lab.LabOperations;
import org.vinestock.lab.drive.Sites;
import org.vinestock.model.ByteCount;
import org.vinestock.operation.Input;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Role;
import org.vinestock.operation.Step;
import org.vinestock.placement.Placements;

/** {@code lab.replay}. */
final class ReplayOperation implements Operation<ReplayOperation.Asked, Replay> {
    static final OperationType<Asked, Replay> TYPE = new OperationType<>(
            "lab.replay",
            Asked.class,
            Replay.class,
            Role.OPERATOR,
            "Replay recorded arrivals in a simulated site beside this one");

    private final Decisions decisions;

    /** Parameters. */
    record Asked(
            @Input(value = "File of the arrivals on the container's machine, its companions beside it", at = 0)
            String file,

            @Input(
                    value = "Strategy that places, such as best-fit@1.0; the active one if left out",
                    optional = true,
                    completedBy = "strategy.list#name")
            @Nullable
            String strategy,

            @Input(value = "Number of hosts", byDefault = "1000") @Min(1) @Max(20_000)
            int hosts,

            @Input(value = "CPU cores of a host", byDefault = "64") @Min(1) @Max(4_096)
            int cores,

            @Input(value = "Memory of a host", byDefault = "256GiB")
            ByteCount memory,

            @Input(value = "Decides lifetimes, latencies and the order of events", byDefault = "1")
            long seed) {}

    ReplayOperation(Decisions decisions) {
        this.decisions = decisions;
    }

    @Override
    public OperationType<Asked, Replay> type() {
        return TYPE;
    }

    @Override
    public Plan plan(Asked asked, Planning planning) {
        @Nullable String strategy = asked.strategy();
        @Nullable StrategyRef ref = strategy == null ? null : found(strategy);
        LabOperations.BuildSite site = Sites.of(asked.hosts(), asked.cores(), asked.memory(), asked.seed());
        ReplayId id = new ReplayId(planning.newId("replay"));
        ReplayStep.Arguments arguments = new ReplayStep.Arguments(id, asked.file(), ref, site);
        String title = "replay " + asked.file() + " on " + asked.hosts() + " hosts";
        return new Plan(List.of(), List.of(new Step(title, ReplayStep.KIND, arguments)));
    }

    @Override
    public Replay result(Asked asked, Plan plan, Snapshot after) {
        ReplayStep.Arguments arguments =
                (ReplayStep.Arguments) plan.steps().get(0).arguments();
        return after.rows(Replay.KIND)
                .find(arguments.id())
                .orElseThrow(() -> new IllegalStateException(arguments.id() + " was not kept"));
    }

    private StrategyRef found(String name) {
        List<StrategyRef> known = decisions.strategies(Placements.PLACE.name());
        return known.stream()
                .filter(ref -> ref.shortName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("strategy \"" + name + "\" is not known; accepted: "
                        + String.join(
                                ", ", known.stream().map(StrategyRef::shortName).toList())));
    }
}

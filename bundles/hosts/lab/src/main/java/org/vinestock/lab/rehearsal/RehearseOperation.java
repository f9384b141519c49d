package org.vinestock.lab.rehearsal;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Decisions;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.Snapshot;
import org.vinestock.lab.site.Topology;
import org.vinestock.operation.Input;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Role;
import org.vinestock.operation.Step;
import org.vinestock.placement.Placements;
import org.vinestock.report.ReportId;

/** {@code lab.rehearse}. */
final class RehearseOperation implements Operation<RehearseOperation.Asked, Rehearsed> {
    static final OperationType<Asked, Rehearsed> TYPE = new OperationType<>(
            "lab.rehearse",
            Asked.class,
            Rehearsed.class,
            Role.OPERATOR,
            "Rehearse the loss of hosts, racks or zones in a simulated copy of this site");

    private static final String LIVE = "live";

    private final Decisions decisions;
    private final RehearseStep step;

    /** Parameters. */
    record Asked(
            @Input(value = "What fails: hosts, racks or zones, such as z1,z2-r3; may be given several times")
            List<String> fail,

            @Input(value = "Of what a copy is made: live", byDefault = LIVE)
            String from,

            @Input(value = "Simulated minutes after the loss", byDefault = "30") @Min(1) @Max(10_000)
            int minutes,

            @Input(value = "A former revision of the site instead of the present one", optional = true)
            @Min(1)
            @Nullable
            Long at,

            @Input(
                    value = "Strategy that places instead of the one in force, such as spread@1.0",
                    optional = true,
                    completedBy = "strategy.list#strategy")
            @Nullable
            String with,

            @Input(value = "Decides latencies and the order of events", byDefault = "1")
            long seed) {
        /** Copies the list. */
        Asked {
            fail = List.copyOf(fail);
        }
    }

    RehearseOperation(Decisions decisions, RehearseStep step) {
        this.decisions = decisions;
        this.step = step;
    }

    @Override
    public OperationType<Asked, Rehearsed> type() {
        return TYPE;
    }

    @Override
    public Plan plan(Asked asked, Planning planning) {
        if (!asked.from().equals(LIVE)) {
            throw new IllegalArgumentException(
                    "from: \"" + asked.from() + "\"; accepted: live (with --at a former" + " revision of it)");
        }
        if (asked.fail().isEmpty()) {
            throw new IllegalArgumentException(
                    "fail: nothing is named; accepted: hosts, racks or zones, such as --fail "
                            + Topology.of(planning.snapshot()).examples());
        }
        @Nullable String with = asked.with();
        RehearseStep.Arguments arguments = new RehearseStep.Arguments(
                new ReportId(planning.newId("report")),
                asked.fail(),
                asked.minutes(),
                asked.at(),
                with == null ? null : strategy(with),
                asked.seed());
        if (asked.at() == null) {
            arguments.hosts(planning.snapshot());
        }
        String title = "rehearse the loss of " + String.join(", ", asked.fail());
        return new Plan(List.of(), List.of(new Step(title, RehearseStep.KIND, arguments)));
    }

    @Override
    public Rehearsed result(Asked asked, Plan plan, Snapshot after) {
        return step.result((RehearseStep.Arguments) plan.steps().get(0).arguments());
    }

    private StrategyRef strategy(String typed) {
        List<StrategyRef> known = decisions.strategies(Placements.PLACE.name());
        return known.stream()
                .filter(ref -> typed.equals(ref.shortName()) || typed.equals(ref.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("with: \"" + typed + "\" is unknown at "
                        + Placements.PLACE.name() + "; accepted: "
                        + String.join(
                                ", ", known.stream().map(StrategyRef::shortName).toList())));
    }
}

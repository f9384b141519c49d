package org.vinestock.kernel.replay;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.strategies.Roster;
import org.vinestock.kernel.strategies.Standing;
import org.vinestock.operation.Input;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Role;
import org.vinestock.operation.Step;

/** {@code decision.replay}: asks a strategy what was asked before. */
final class ReplayOperation implements Operation<ReplayOperation.Asked, Replayed> {
    private final Roster roster;
    private final Replays replays;

    ReplayOperation(Roster roster, Replays replays) {
        this.roster = roster;
        this.replays = replays;
    }

    /** Parameters. */
    record Asked(
            @Input(value = "The strategy, such as acme@1.1", completedBy = "strategy.list#strategy")
            String with,

            @Input(value = "How many decisions, the newest ones", byDefault = "1000") @Min(1) @Max(1_000_000)
            int last,

            @Input(
                    value = "Whose decisions, such as placement.place; if left out, the strategy's one",
                    optional = true,
                    completedBy = "decision.points#name")
            @Nullable
            String point) {}

    @Override
    public OperationType<Asked, Replayed> type() {
        return new OperationType<>(
                "decision.replay",
                Asked.class,
                Replayed.class,
                Role.OPERATOR,
                "Ask a strategy what was asked before, on the states of that time; changes nothing");
    }

    @Override
    public Plan plan(Asked asked, Planning planning) {
        Standing standing = asked.point() == null ? anywhere(asked.with()) : at(asked.point(), asked.with());
        ReplayStep.Arguments arguments =
                new ReplayStep.Arguments(planning.newId("replay"), standing.ref(), asked.last());
        String title = "ask " + standing.ref().shortName() + " the last " + asked.last() + " questions of "
                + standing.ref().point();
        return new Plan(List.of(), List.of(new Step(title, ReplayStep.KIND, arguments)));
    }

    private Standing at(String point, String with) {
        Standing standing = roster.find(point, with);
        String because = ReplayStep.unfit(standing);
        if (because != null) {
            throw new IllegalArgumentException("with: " + because);
        }
        return standing;
    }

    private Standing anywhere(String with) {
        List<Standing> found = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (String point : roster.standings().keySet()) {
            for (Standing standing : roster.standings(point)) {
                String name = standing.ref().shortName();
                if (name.equals(with) || standing.ref().name().equals(with)) {
                    found.add(standing);
                }
                known.add(name);
            }
        }
        List<Standing> fit =
                found.stream().filter(each -> ReplayStep.unfit(each) == null).toList();
        if (fit.size() == 1) {
            return fit.get(0);
        }
        throw new IllegalArgumentException(
                found.size() == 1
                        ? "with: " + ReplayStep.unfit(found.get(0))
                        : "with: \"" + with + "\" is " + (found.isEmpty() ? "unknown" : "more than one")
                                + "; accepted: " + String.join(", ", known) + ", with --point if it is needed");
    }

    @Override
    public Replayed result(Asked asked, Plan plan, Snapshot after) {
        ReplayStep.Arguments arguments =
                (ReplayStep.Arguments) plan.steps().get(0).arguments();
        return replays.find(arguments.id())
                .map(Replays.Kept::replayed)
                .orElseThrow(() -> new IllegalStateException(arguments.id() + " is not kept any more"));
    }
}

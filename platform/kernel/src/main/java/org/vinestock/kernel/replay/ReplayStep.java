package org.vinestock.kernel.replay;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.ledger.LedgerArchive;
import org.vinestock.kernel.plugin.LaneWorker;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.kernel.plugin.Worker;
import org.vinestock.kernel.plugin.Workers;
import org.vinestock.kernel.strategies.Roster;
import org.vinestock.kernel.strategies.Standing;
import org.vinestock.kernel.strategies.StrategyState;
import org.vinestock.kernel.turn.Surroundings;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;
import org.vinestock.operation.StepState;
import org.vinestock.time.Lane;

/** Runs replays in the background, each with a worker of its own. It changes nothing, so there is nothing to take back. */
final class ReplayStep implements StepHandler<ReplayStep.Arguments> {
    static final String KIND = "decision.replay";

    private final Surroundings site;
    private final Workers workers;
    private final Roster roster;
    private final @Nullable LedgerArchive archive;
    private final Replays replays;
    private final Function<String, Optional<DecisionPoint<?, ?, ?>>> points;
    private final Lane lane;

    /** What to ask whom. */
    record Arguments(String id, StrategyRef strategy, int last) {}

    ReplayStep(
            Surroundings site,
            Workers workers,
            Roster roster,
            @Nullable LedgerArchive archive,
            Replays replays,
            Function<String, Optional<DecisionPoint<?, ?, ?>>> points) {
        this.site = site;
        this.workers = workers;
        this.roster = roster;
        this.archive = archive;
        this.replays = replays;
        this.points = points;
        lane = site.scheduler().lane("replay");
    }

    /** Why a strategy cannot be asked; null = it can. */
    static @Nullable String unfit(Standing standing) {
        String name = standing.ref().shortName();
        if (standing.offer() == null) {
            return name + " is not installed; accepted: one that is";
        }
        return standing.state() == StrategyState.REFUSED || standing.state() == StrategyState.QUARANTINED
                ? name + " is " + standing.state() + "; accepted: one that may run"
                : null;
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
        DecisionPoint<?, ?, ?> point =
                points.apply(arguments.strategy().point()).orElse(null);
        StrategyOffer offer = offer(arguments.strategy());
        if (point == null || offer == null) {
            return CompletableFuture.failedFuture(new VinestockException(
                    ReplayError.STRATEGY_LEFT, arguments.strategy().shortName() + " is not there any more"));
        }
        return RecordedDecisions.behind(point.name(), arguments.last(), site.ledger(), archive, lane)
                .thenComposeAsync(behind -> run(point, offer, behind, arguments, context), lane);
    }

    private @Nullable StrategyOffer offer(StrategyRef strategy) {
        return roster.standings(strategy.point()).stream()
                .filter(standing -> standing.ref().equals(strategy) && unfit(standing) == null)
                .map(Standing::offer)
                .findFirst()
                .orElse(null);
    }

    private <Q extends Record, A, O extends Record> CompletionStage<Replayed> run(
            DecisionPoint<Q, A, O> point, StrategyOffer offer, long behind, Arguments arguments, StepContext context) {
        ClassLoader loader = offer.loader();
        Worker worker = loader == null
                ? new LaneWorker(site.scheduler(), "replay " + offer.ref().shortName(), Duration.ZERO)
                : workers.hire(offer.ref(), loader);
        ReplayRun<Q, A, O> run = new ReplayRun<>(
                new ReplayRun.Setup<>(
                        arguments.id(),
                        point,
                        offer,
                        worker,
                        () -> offer.equals(offer(offer.ref())),
                        site.inventory().past(),
                        new RecordedDecisions<>(point, site.ledger(), archive, behind, lane),
                        site.limits().steps(),
                        site.limits().abandonAfter(),
                        arguments.last()),
                context,
                site.scheduler(),
                lane);
        return run.run()
                .thenApplyAsync(
                        replayed -> {
                            replays.add(replayed, run.tally().differences);
                            return replayed;
                        },
                        lane);
    }

    @Override
    public CompletionStage<?> undo(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<StepState> probe(Arguments arguments, StepContext context) {
        boolean kept = replays.find(arguments.id()).isPresent();
        return CompletableFuture.completedFuture(kept ? StepState.DONE : StepState.NOT_BEGUN);
    }

    @Override
    public CompletionStage<String> preview(Arguments arguments, StepContext context) {
        return CompletableFuture.completedFuture(
                "would ask " + arguments.strategy().shortName() + " up to " + arguments.last()
                        + " questions, on a thread of its own, and change nothing");
    }
}

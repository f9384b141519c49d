package org.vinestock.kernel.decide;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Clusters;
import org.vinestock.area.Parts;
import org.vinestock.decision.BuiltIn;
import org.vinestock.decision.Decision;
import org.vinestock.decision.DecisionFeed;
import org.vinestock.decision.DecisionId;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Decisions;
import org.vinestock.decision.Recalled;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.alarm.Alarms;
import org.vinestock.kernel.ledger.Afterwards;
import org.vinestock.kernel.ledger.Ledger;
import org.vinestock.kernel.ledger.LedgerArchive;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.kernel.plugin.Workers;
import org.vinestock.kernel.replay.ReplayParts;
import org.vinestock.kernel.strategies.Keeper;
import org.vinestock.kernel.strategies.KeptAlarms;
import org.vinestock.kernel.strategies.Roster;
import org.vinestock.kernel.strategies.Standing;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.strategies.StrategyState;
import org.vinestock.kernel.strategies.Verdicts;
import org.vinestock.kernel.turn.DecisionError;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.kernel.turn.Freeze;
import org.vinestock.kernel.turn.Numbers;
import org.vinestock.kernel.turn.PointDesk;
import org.vinestock.kernel.turn.Spending;
import org.vinestock.kernel.turn.Surroundings;
import org.vinestock.kernel.turn.Watch;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VinestockException;
import org.vinestock.operation.StepContext;
import org.vinestock.time.Scheduler;

/**
 * All decisions of one site, live or simulated: points and strategies come and go, questions are asked, what was decided
 * is recorded.
 *
 * <p><b>Calls.</b> From any thread. An area's built-ins are added before its points, and removed after them; who is there
 * when this returns answers the next question.
 */
public final class DecisionKernel implements Decisions {
    private final Workers workers;
    private final Surroundings site;
    private final Alarms alarms;
    private final Keeper keeper;
    private final Verdicts verdicts;
    private final StrategyOperations strategies;
    private final CanaryOperation canary;
    private final FreezeOperations freezes;
    private final Roster roster;
    private final LedgerParts ledger;
    private final ReplayParts replays;
    private final ConcurrentNavigableMap<String, PointDesk<?, ?, ?>> desks = new ConcurrentSkipListMap<>();
    private final Departures departures;

    /**
     * Makes one without points.
     *
     * @param log where states of strategies are kept
     * @param alarmLog is told in words of alarms that begin and end
     */
    public DecisionKernel(
            Scheduler scheduler,
            Inventory inventory,
            Workers workers,
            DecisionLimits limits,
            StateLog log,
            Consumer<String> alarmLog) {
        this(
                scheduler,
                inventory,
                workers,
                limits,
                new Keeper(log, scheduler),
                alarmLog,
                new AtomicLong()::incrementAndGet,
                null);
    }

    /**
     * Makes one that goes on with what earlier processes decided.
     *
     * @param numbers gives the numbers of decisions, which grow
     * @param archive where decisions are kept; null = nowhere
     */
    public DecisionKernel(
            Scheduler scheduler,
            Inventory inventory,
            Workers workers,
            DecisionLimits limits,
            Keeper keeper,
            Consumer<String> alarmLog,
            Numbers numbers,
            @Nullable LedgerArchive archive) {
        this.workers = workers;
        this.keeper = keeper;
        alarms = new Alarms(scheduler, alarmLog, new KeptAlarms(keeper));
        AtomicLong lost = new AtomicLong();
        roster = new Roster(keeper, alarms, scheduler, lost::get);
        Afterwards afterwards = new Afterwards(scheduler, limits.ledgerEvery(), limits.idleBeats());
        site = new Surroundings(
                scheduler,
                inventory,
                limits,
                new Watch(scheduler, limits),
                new Freeze(),
                roster.events(),
                new Ledger(afterwards, archive, limits.ledgerRows(), limits.ledgerBytes()),
                afterwards,
                numbers,
                lost,
                scheduler.random("decisions").nextLong());
        ledger = new LedgerParts(site, archive, alarms, name -> Optional.ofNullable(desks.get(name)));
        replays = new ReplayParts(site, workers, roster, archive, this::point);
        departures = new Departures(inventory, scheduler, limits, this::left);
        verdicts = new Verdicts(scheduler);
        strategies = new StrategyOperations(roster);
        canary = new CanaryOperation(roster, scheduler);
        freezes = new FreezeOperations(site.freeze(), keeper, alarms);
    }

    /**
     * The operations and views by which people look at decisions and change who decides.
     *
     * @param clusters who knows the clusters that can be frozen
     */
    public Parts parts(Supplier<List<Clusters>> clusters) {
        VerdictOperation verdict =
                new VerdictOperation(verdicts, site.scheduler().lane("verdict"));
        return new Parts(
                joined(
                        joined(strategies.operations(), freezes.operations(clusters)),
                        joined(joined(List.of(verdict, canary), ledger.operations()), replays.operations())),
                joined(
                        joined(StrategyViews.of(roster, alarms, site.scheduler()), ledger.views(roster)),
                        replays.views()),
                joined(
                        joined(joined(strategies.steps(), freezes.steps()), joined(verdict.steps(), replays.steps())),
                        joined(canary.steps(), ledger.steps())),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                () -> {});
    }

    private static <T> List<T> joined(List<? extends T> first, List<? extends T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** Whether acting is frozen; the tasks ask it, too. */
    public Freeze freeze() {
        return site.freeze();
    }

    /** What is kept across restarts. */
    public Keeper keeper() {
        return keeper;
    }

    /** What became of the files that were handed over. */
    public Verdicts verdicts() {
        return verdicts;
    }

    /** The point of a name, if its area is there. */
    public Optional<DecisionPoint<?, ?, ?>> point(String name) {
        PointDesk<?, ?, ?> desk = desks.get(name);
        return desk == null ? Optional.empty() : Optional.of(desk.point());
    }

    /** The names of the points whose areas are there. */
    public List<String> points() {
        return List.copyOf(desks.keySet());
    }

    /** The alarms of this site. */
    public Alarms alarms() {
        return alarms;
    }

    /** The decisions as they are made. */
    public DecisionFeed feed() {
        return site.ledger();
    }

    /** What was decided. */
    public Ledger ledger() {
        return site.ledger();
    }

    /** The strategies: who is known, who decides; vendors' ones arrive and leave here. */
    public Roster roster() {
        return roster;
    }

    /** Opens a point. */
    public void add(DecisionPoint<?, ?, ?> point) {
        PointDesk<?, ?, ?> desk = new PointDesk<>(point, site, workers);
        if (desks.putIfAbsent(point.name(), desk) != null) {
            throw new IllegalArgumentException("point " + point.name() + " is there already");
        }
        roster.open(desk);
        departures.open();
    }

    private void left(ObjectId subject) {
        desks.values().forEach(desk -> desk.left(subject));
    }

    /** Closes a point; questions that wait are answered by its fallback, later ones are told that nobody is there. */
    public void remove(DecisionPoint<?, ?, ?> point) {
        desks.remove(point.name());
        roster.close(point.name());
        if (desks.isEmpty()) {
            departures.close();
        }
    }

    /** Takes on a strategy that comes with an area. */
    public void add(BuiltIn<?, ?, ?> builtIn) {
        roster.arrive(StrategyOffer.of(builtIn), null, builtIn.first());
    }

    /** Lets a strategy go that came with an area. */
    public void remove(BuiltIn<?, ?, ?> builtIn) {
        roster.leave(StrategyOffer.of(builtIn).ref());
    }

    @Override
    public <Q extends Record, A, O extends Record> CompletionStage<Decision<A>> ask(
            DecisionPoint<Q, A, O> point, Q question) {
        return decide(point, question, null, false, Spending.NONE);
    }

    @Override
    public <Q extends Record, A, O extends Record> CompletionStage<Decision<A>> reserve(
            DecisionPoint<Q, A, O> point,
            Q question,
            BiFunction<A, Snapshot, ChangeSet> changes,
            boolean despiteFreeze) {
        return decide(point, question, changes, despiteFreeze, Spending.NONE);
    }

    @Override
    public <Q extends Record, A, O extends Record> CompletionStage<Decision<A>> reserve(
            DecisionPoint<Q, A, O> point, Q question, BiFunction<A, Snapshot, ChangeSet> changes, StepContext step) {
        Spending spending = step instanceof Spending ofTask ? ofTask : Spending.NONE;
        return decide(point, question, changes, step.despiteFreeze(), spending);
    }

    private <Q extends Record, A, O extends Record> CompletionStage<Decision<A>> decide(
            DecisionPoint<Q, A, O> point,
            Q question,
            @Nullable BiFunction<A, Snapshot, ChangeSet> changes,
            boolean despiteFreeze,
            Spending spending) {
        PointDesk<Q, A, O> desk = desk(point);
        return desk == null ? nobody(point) : desk.decide(question, changes, despiteFreeze, spending);
    }

    @Override
    public <Q extends Record, A, O extends Record> CompletionStage<List<Decision<A>>> askAll(
            DecisionPoint<Q, A, O> point, List<Q> questions) {
        PointDesk<Q, A, O> desk = desk(point);
        return desk == null ? nobody(point) : desk.decideAll(questions);
    }

    private static <T> CompletionStage<T> nobody(DecisionPoint<?, ?, ?> point) {
        String because = point.name() + ": no provider of its area is installed";
        return CompletableFuture.failedFuture(new VinestockException(DecisionError.NO_PROVIDER, because));
    }

    /** The desk of a point; null if its area is not there. */
    @SuppressWarnings("unchecked") // it is the desk of this very point
    private <Q extends Record, A, O extends Record> @Nullable PointDesk<Q, A, O> desk(DecisionPoint<Q, A, O> point) {
        PointDesk<?, ?, ?> desk = desks.get(point.name());
        return desk == null || desk.point() != point ? null : (PointDesk<Q, A, O>) desk;
    }

    @Override
    public <O extends Record> void outcome(DecisionId decision, O outcome) {
        if (!decision.equals(DecisionId.NOT_RECORDED)) {
            ledger.outcome(decision, outcome);
        }
    }

    @Override
    public <Q extends Record, A, O extends Record> CompletionStage<Optional<Recalled<Q, A>>> recall(
            DecisionPoint<Q, A, O> point, ObjectId subject) {
        return ledger.recall(point, subject);
    }

    @Override
    public List<StrategyRef> strategies(String point) {
        return roster.standings(point).stream()
                .filter(DecisionKernel::mayAnswer)
                .map(Standing::ref)
                .sorted(Comparator.comparing(StrategyRef::name).thenComparing(StrategyRef::version))
                .toList();
    }

    private static boolean mayAnswer(Standing standing) {
        return standing.offer() != null
                && standing.state() != StrategyState.REFUSED
                && standing.state() != StrategyState.QUARANTINED;
    }

    /** The strategy that decides at a point now, as it was chosen; empty if none is. */
    public Optional<StrategyRef> active(String point) {
        return roster.standings(point).stream()
                .filter(standing -> standing.state() == StrategyState.ACTIVE)
                .map(Standing::ref)
                .findFirst();
    }
}

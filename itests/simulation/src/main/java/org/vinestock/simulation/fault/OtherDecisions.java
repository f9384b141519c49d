package org.vinestock.simulation.fault;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.vinestock.area.Platform;
import org.vinestock.area.Twins;
import org.vinestock.decision.Decision;
import org.vinestock.decision.DecisionId;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Decisions;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.operation.StepContext;
import org.vinestock.placement.Placements;
import org.vinestock.task.Operations;
import org.vinestock.time.Scheduler;

/** A platform on which questions of placement go to another point. */
record OtherDecisions(Platform platform, DecisionPoint<?, ?, ?> other) implements Platform, Decisions {
    @SuppressWarnings("unchecked") // both are points of placement
    private <Q extends Record, A, O extends Record> DecisionPoint<Q, A, O> instead(DecisionPoint<Q, A, O> point) {
        return point.equals(Placements.PLACE) ? (DecisionPoint<Q, A, O>) other : point;
    }

    @Override
    public Decisions decisions() {
        return this;
    }

    @Override
    public <Q extends Record, A, O extends Record> CompletionStage<Decision<A>> ask(
            DecisionPoint<Q, A, O> point, Q question) {
        return platform.decisions().ask(instead(point), question);
    }

    @Override
    public <Q extends Record, A, O extends Record> CompletionStage<List<Decision<A>>> askAll(
            DecisionPoint<Q, A, O> point, List<Q> questions) {
        return platform.decisions().askAll(instead(point), questions);
    }

    @Override
    public <Q extends Record, A, O extends Record> CompletionStage<Decision<A>> reserve(
            DecisionPoint<Q, A, O> point, Q question, BiFunction<A, Snapshot, ChangeSet> changes) {
        return platform.decisions().reserve(instead(point), question, changes);
    }

    @Override
    public <Q extends Record, A, O extends Record> CompletionStage<Decision<A>> reserve(
            DecisionPoint<Q, A, O> point,
            Q question,
            BiFunction<A, Snapshot, ChangeSet> changes,
            boolean despiteFreeze) {
        return platform.decisions().reserve(instead(point), question, changes, despiteFreeze);
    }

    @Override
    public <Q extends Record, A, O extends Record> CompletionStage<Decision<A>> reserve(
            DecisionPoint<Q, A, O> point, Q question, BiFunction<A, Snapshot, ChangeSet> changes, StepContext step) {
        return platform.decisions().reserve(instead(point), question, changes, step);
    }

    @Override
    public <O extends Record> void outcome(DecisionId decision, O outcome) {
        platform.decisions().outcome(decision, outcome);
    }

    @Override
    public List<StrategyRef> strategies(String point) {
        return platform.decisions().strategies(point);
    }

    @Override
    public Scheduler scheduler() {
        return platform.scheduler();
    }

    @Override
    public Inventory inventory() {
        return platform.inventory();
    }

    @Override
    public Operations operations() {
        return platform.operations();
    }

    @Override
    public Twins twins() {
        return platform.twins();
    }

    @Override
    public <S> List<S> services(Class<S> type) {
        return platform.services(type);
    }
}

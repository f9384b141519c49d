package org.vinestock.kernel.decide;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Decision;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Recalled;
import org.vinestock.kernel.ledger.LedgerHistory;
import org.vinestock.kernel.ledger.LedgerRow;
import org.vinestock.model.ObjectId;
import org.vinestock.time.Lane;

/** Recalls former decisions for areas. Any thread. */
final class Recollection {
    private final LedgerHistory history;
    private final FormerStates states;
    private final Lane lane;

    Recollection(LedgerHistory history, FormerStates states, Lane lane) {
        this.history = history;
        this.states = states;
        this.lane = lane;
    }

    <Q extends Record, A, O extends Record> CompletionStage<Optional<Recalled<Q, A>>> recall(
            DecisionPoint<Q, A, O> point, ObjectId subject) {
        return history.newestAnswer(point, subject)
                .thenComposeAsync(
                        found -> found.isEmpty()
                                ? CompletableFuture.completedFuture(Optional.empty())
                                : recalled(found.get()),
                        lane);
    }

    private <Q extends Record, A> CompletionStage<Optional<Recalled<Q, A>>> recalled(LedgerRow<Q, A, ?> row) {
        Answer<A> answer = row.answer();
        if (answer == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Decision<A> decision =
                new Decision<>(row.id(), row.by(), row.state(), answer, row.fallbackBecause(), row.reservedAt());
        return states.at(row.state())
                .handleAsync(
                        (state, thrown) -> Optional.of(new Recalled<>(row.question(), decision, row.askedAt(), state)),
                        lane);
    }
}

package org.vinestock.kernel.decide;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Decision;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Recalled;
import org.vinestock.inventory.Inventory;
import org.vinestock.kernel.ledger.Afterwards;
import org.vinestock.kernel.ledger.Ledger;
import org.vinestock.kernel.ledger.LedgerRow;
import org.vinestock.model.ObjectId;
import org.vinestock.time.Lane;

/** Recalls former decisions for areas. Any thread. */
final class Recollection {
    private final Ledger ledger;
    private final Afterwards afterwards;
    private final Inventory inventory;
    private final Lane lane;

    Recollection(Ledger ledger, Afterwards afterwards, Inventory inventory, Lane lane) {
        this.ledger = ledger;
        this.afterwards = afterwards;
        this.inventory = inventory;
        this.lane = lane;
    }

    <Q extends Record, A, O extends Record> CompletionStage<Optional<Recalled<Q, A>>> recall(
            DecisionPoint<Q, A, O> point, ObjectId subject) {
        CompletableFuture<Optional<Recalled<Q, A>>> recalled = new CompletableFuture<>();
        afterwards.now(() -> {
            LedgerRow<Q, A, O> row = ledger.newestAnswer(point, subject).orElse(null);
            Answer<A> answer = row == null ? null : row.answer();
            if (row == null || answer == null) {
                recalled.complete(Optional.empty());
                return;
            }
            Decision<A> decision =
                    new Decision<>(row.id(), row.by(), row.state(), answer, row.fallbackBecause(), row.reservedAt());
            var unused = inventory
                    .at(row.state())
                    .handleAsync(
                            (state, thrown) -> recalled.complete(
                                    Optional.of(new Recalled<>(row.question(), decision, row.askedAt(), state))),
                            lane);
        });
        return recalled;
    }
}

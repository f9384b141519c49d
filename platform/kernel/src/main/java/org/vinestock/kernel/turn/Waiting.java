package org.vinestock.kernel.turn;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Decision;
import org.vinestock.decision.DecisionId;
import org.vinestock.decision.Outcome;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.canary.Side;
import org.vinestock.model.ObjectId;

/** What waits for its turn at a point. Its fields belong to whoever holds the turn. */
sealed interface Waiting {
    /** A question. */
    final class Call<Q extends Record, A> implements Waiting {
        final Q question;
        /** What to reserve; null = advice only. */
        final @Nullable BiFunction<A, Snapshot, ChangeSet> changes;

        final boolean despiteFreeze;
        final Spending spending;
        final CompletableFuture<Decision<A>> decided = new CompletableFuture<>();

        /** Null until it is taken up; at a point that records a sample, until it is to be recorded. */
        @Nullable
        DecisionId id;

        boolean takenUp;

        /** When it came, or came back because its turn was taken away. */
        long waitingSince;

        long takenUpAt;
        /** Why somebody else than the active strategy answers. */
        @Nullable
        String instead;
        /** Where it is counted while there is a canary; null while there is none. */
        @Nullable
        Side side;
        /** Whether the fallback answers for no fault of the strategy: its thread got no processor. */
        boolean excused;
        /** How often it was asked anew because the state had changed under a good answer. */
        int raced;

        Call(
                Q question,
                @Nullable BiFunction<A, Snapshot, ChangeSet> changes,
                boolean despiteFreeze,
                Spending spending,
                long waitingSince) {
            this.question = question;
            this.changes = changes;
            this.despiteFreeze = despiteFreeze;
            this.spending = spending;
            this.waitingSince = waitingSince;
        }
    }

    /**
     * What became of an earlier answer, for a strategy to learn from.
     *
     * @param canary whether the canary is told, and not the one that answers else
     */
    record Told<O extends Record>(Outcome<O> outcome, boolean canary) implements Waiting {}

    /** A subject is gone, for a strategy that runs inline to forget. */
    record Left(ObjectId subject) implements Waiting {}

    /** Somebody who wants to know when all that came before has had its turn. */
    record Fence(Runnable reached) implements Waiting {}
}

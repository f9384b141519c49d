package org.vinestock.kernel.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.StrategyRef;

/**
 * Who sits where at a point; replaced as a whole.
 *
 * @param answering who answers; null = the fallback
 * @param instead why that is not the active strategy; null if it is
 * @param canary who answers about some of the subjects instead; null = nobody
 * @param shadows who is asked afterwards
 * @param called everyone who may be in a call, for the watch
 */
record Seats<Q extends Record, A, O extends Record>(
        @Nullable Contender<Q, A, O> answering,
        @Nullable String instead,
        @Nullable Canary<Q, A, O> canary,
        List<Shadow<Q, A, O>> shadows,
        List<Contender<Q, A, O>> called) {
    /** Only the fallback; {@code because}: why. */
    static <Q extends Record, A, O extends Record> Seats<Q, A, O> empty(String because) {
        return new Seats<>(null, because, null, List.of(), List.of());
    }

    /** Whether a strategy answers questions of somebody. */
    boolean answers(Contender<Q, A, O> contender) {
        return contender == answering || (canary != null && contender == canary.contender());
    }

    /** Finds who is asked, whether the answer decides or not. */
    Optional<Contender<Q, A, O>> find(StrategyRef ref) {
        List<Contender<Q, A, O>> all = new ArrayList<>();
        if (answering != null) {
            all.add(answering);
        }
        if (canary != null) {
            all.add(canary.contender());
        }
        shadows.forEach(shadow -> all.add(shadow.contender()));
        return all.stream().filter(each -> each.ref().equals(ref)).findFirst();
    }
}

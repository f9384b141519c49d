package org.vinestock.kernel.turn;

import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.kernel.turn.Waiting.Call;

/** Finds out who is to answer a question; called by the holder of the turn. */
final class Routing<Q extends Record, A, O extends Record> {
    private final Surroundings site;
    private final long longestWaitNanos;

    Routing(DecisionPoint<Q, A, O> point, Surroundings site) {
        this.site = site;
        longestWaitNanos = point.deadline().toNanos() * site.limits().longestWait();
    }

    /** Says who is to answer; null = the fallback. */
    @Nullable
    Contender<Q, A, O> route(Seats<Q, A, O> now, @Nullable Call<Q, A> call) {
        Contender<Q, A, O> contender = now.answering();
        String instead = now.instead();
        if (contender != null) {
            String passedOver = passedOver(call, contender);
            if (passedOver != null) {
                if (call != null) {
                    contender.figures().passedOver();
                }
                contender = null;
                instead = passedOver;
            }
        }
        if (call != null) {
            call.instead = instead;
        }
        return contender;
    }

    private @Nullable String passedOver(@Nullable Call<Q, A> call, Contender<Q, A, O> contender) {
        String name = contender.ref().shortName();
        if (contender.busy()) {
            return name + " has not returned from an earlier question";
        }
        if (contender.worker() != null
                && call != null
                && site.scheduler().nanoTime() - call.waitingSince > longestWaitNanos) {
            return "the question waited for more than " + longestWaitNanos / 1_000_000 + " ms";
        }
        if (call != null && !contender.breaker().lets()) {
            return "the breaker of " + name + " is open; " + contender.figures().lastFailure();
        }
        return null;
    }
}

package org.vinestock.kernel.turn;

import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.kernel.turn.Waiting.Call;
import org.vinestock.kernel.turn.Waiting.Told;

/** Finds out who is to answer a question; called by the holder of the turn. */
final class Routing<Q extends Record, A, O extends Record> {
    private final DecisionPoint<Q, A, O> point;
    private final Surroundings site;
    private final long longestWaitNanos;

    Routing(DecisionPoint<Q, A, O> point, Surroundings site) {
        this.point = point;
        this.site = site;
        longestWaitNanos = point.deadline().toNanos() * site.limits().longestWait();
    }

    /** Says who is to answer; null = the fallback. */
    @Nullable
    Contender<Q, A, O> route(Seats<Q, A, O> now, Call<Q, A> call) {
        Contender<Q, A, O> contender = now.answering();
        String instead = now.instead();
        Canary<Q, A, O> canary = now.canary();
        if (canary == null) {
            if (call.side != null) {
                call.side = null; // the trial ended while it waited
            }
        } else {
            call.excused = false;
            boolean taken = canary.takes(point, call.question, site.inventory());
            call.side = canary.side(taken);
            if (taken) {
                contender = canary.contender();
                instead = null;
            }
        }
        if (contender != null) {
            String passedOver = passedOver(call, contender);
            if (passedOver != null) {
                contender.figures().passedOver();
                contender = null;
                instead = passedOver;
            }
        }
        call.instead = instead;
        return contender;
    }

    /** Says who is to be told an outcome; null = nobody. */
    @Nullable
    Contender<Q, A, O> toBeTold(Seats<Q, A, O> now, Told<O> told) {
        Canary<Q, A, O> canary = now.canary();
        Contender<Q, A, O> contender = !told.canary() ? now.answering() : canary == null ? null : canary.contender();
        return contender == null || contender.busy() ? null : contender;
    }

    private @Nullable String passedOver(Call<Q, A> call, Contender<Q, A, O> contender) {
        String name = contender.ref().shortName();
        if (contender.busy()) {
            call.excused = contender.inCallSince() < 0; // on its way back: its thread gets no processor
            return name + " has not returned from an earlier question";
        }
        if (contender.worker() != null && site.scheduler().nanoTime() - call.waitingSince > longestWaitNanos) {
            return "the question waited for more than " + longestWaitNanos / 1_000_000 + " ms";
        }
        if (!contender.breaker().lets()) {
            return "the breaker of " + name + " is open; " + contender.figures().lastFailure();
        }
        return null;
    }
}

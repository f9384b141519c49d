package org.vinestock.kernel.turn;

import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Answer;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.kernel.plugin.Worker;
import org.vinestock.kernel.turn.Contender.Given;
import org.vinestock.kernel.turn.Waiting.Call;
import org.vinestock.kernel.turn.Waiting.Told;
import org.vinestock.model.ObjectId;

/**
 * Says what an answer, or that there was none, means for the question and for the strategy: it is settled or the fallback
 * answers, and the breaker counts it. Called by the holder of the turn, save {@link #inCall}.
 */
final class Judgement<Q extends Record, A, O extends Record> {
    /** How often a question is asked anew because the state changed under the answer. */
    private static final int MOST_RACED = 3;

    private final DecisionPoint<Q, A, O> point;
    private final Surroundings site;
    private final Settlement<Q, A, O> settlement;

    Judgement(DecisionPoint<Q, A, O> point, Surroundings site, Settlement<Q, A, O> settlement) {
        this.point = point;
        this.site = site;
        this.settlement = settlement;
    }

    /** Checks and reserves what was answered; false = the state changed meanwhile, and it is to be asked again. */
    boolean settle(Call<Q, A> call, Contender<Q, A, O> contender, QuestionContext context, Given<A> given) {
        Answer<A> answer = given.answer();
        String wrong = given.failure();
        if (answer != null) {
            String refused = settlement.refused(call, answer.choice(), context);
            wrong = refused == null ? null : contender.ref().shortName() + " " + refused;
            if (refused != null && call.side != null) {
                call.side.violated();
            }
        }
        if (answer == null || wrong != null) {
            call.instead = String.valueOf(wrong);
            failed(contender, call.instead);
            settlement.byFallback(call);
            return true;
        }
        contender.figures().answered(settlement.took(call).toNanos());
        if (contender.breaker().succeeded()) {
            site.events().breakerClosed(contender.ref());
        }
        if (settlement.conclude(call, contender.ref(), answer, context) == Settlement.End.SETTLED) {
            return true;
        }
        if (call.raced < MOST_RACED) {
            call.raced++;
            return false;
        }
        call.instead =
                "the state changed under each answer of " + contender.ref().shortName();
        settlement.byFallback(call);
        return true;
    }

    /** Counts a failure; the breaker may open by it. */
    void failed(Contender<Q, A, O> contender, String because) {
        contender.figures().failed(because);
        if (contender.breaker().failed()) {
            site.events().breakerOpened(contender.ref(), because);
        }
    }

    /** Lets strategies that run inline forget; others do so on their workers, see {@link PointDesk#left}. */
    void forget(ObjectId subject, Seats<Q, A, O> seats) {
        forget(subject, seats.answering());
        forget(subject, seats.canary() == null ? null : seats.canary().contender());
    }

    private static void forget(ObjectId subject, @Nullable Contender<?, ?, ?> contender) {
        String failure = contender == null || contender.worker() != null ? null : contender.forget(subject);
        if (contender != null && failure != null) {
            contender.figures().failed(failure);
        }
    }

    /** Tells a strategy that runs inline what became of an answer. */
    void tell(Told<O> told, Contender<Q, A, O> contender) {
        String failure = contender.tell(told.outcome());
        if (failure != null) {
            failed(contender, failure);
        }
    }

    /**
     * Counts a missed deadline; returns in words what happened.
     *
     * @param starved whether the call had not even begun, for want of a processor
     */
    String late(Contender<Q, A, O> contender, boolean starved) {
        String within = " within " + point.deadline().toMillis() + " ms";
        if (starved) {
            contender.figures().starved();
            return "the thread of " + contender.ref().shortName() + " got no processor" + within;
        }
        String because = contender.ref().shortName() + " did not answer" + within;
        failed(contender, because);
        return because;
    }

    /** Whether a strategy is in a call; says so loudly if that does not return. On the watch's lane. */
    boolean inCall(Contender<Q, A, O> contender, long watchTime) {
        long since = contender.inCallSince();
        if (since < 0) {
            return false;
        }
        long most = point.deadline().toNanos() + site.limits().abandonAfter().toNanos();
        Worker worker = contender.worker();
        if (worker != null && watchTime - since > most && contender.stuck()) {
            String because =
                    contender.ref().shortName() + " has not returned for " + (watchTime - since) / 1_000_000 + " ms";
            site.events().stuck(contender.ref(), because, worker.name(), worker.stack());
        }
        return true;
    }
}

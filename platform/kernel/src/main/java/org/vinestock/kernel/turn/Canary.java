package org.vinestock.kernel.turn;

import org.vinestock.decision.DecisionPoint;
import org.vinestock.inventory.Inventory;
import org.vinestock.kernel.canary.CanaryRun;
import org.vinestock.kernel.canary.Share;
import org.vinestock.kernel.canary.Side;
import org.vinestock.model.Labels;

/** A strategy on trial, as the turn sees it: who it is, and about whom it decides. */
record Canary<Q extends Record, A, O extends Record>(Contender<Q, A, O> contender, CanaryRun trial) {
    /** Whether it answers a question. The head of the inventory is looked at only if labels count. */
    boolean takes(DecisionPoint<Q, A, O> point, Q question, Inventory inventory) {
        Share share = trial.terms().share();
        Labels labels = share.selects() ? point.labels(question, inventory.head()) : Labels.NONE;
        return share.takes(point.subject(question), labels);
    }

    /** Where a question is counted. */
    Side side(boolean taken) {
        return taken ? trial.canary() : trial.others();
    }
}

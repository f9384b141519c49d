package org.vinestock.kernel.strategies;

import org.jspecify.annotations.Nullable;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.ledger.Figures;
import org.vinestock.kernel.plugin.ContractReport;
import org.vinestock.kernel.plugin.StrategyOffer;

/**
 * What is known of a strategy; replaced as a whole.
 *
 * @param kept its state as people set it, which it gets again when it comes back
 * @param because why it is in this state
 * @param offer null if it is not there
 * @param contract how it did in its contract; null for built-ins and what has not been checked
 * @param stuck the thread that does not return and where it is; null if none
 */
public record Standing(
        StrategyRef ref,
        StrategyState kept,
        String because,
        @Nullable StrategyOffer offer,
        @Nullable ContractReport contract,
        @Nullable String stuck,
        Figures figures) {
    /** Its state now. */
    public StrategyState state() {
        return offer == null && kept.called() ? StrategyState.ABSENT : kept;
    }

    /** How people are told which one it is: without version if it comes with an area. */
    public String shortName() {
        return ref.digest().equals(StrategyRef.BUILT_IN) ? ref.name() : ref.shortName();
    }

    Standing with(StrategyState changed, String why) {
        return new Standing(ref, changed, why, offer, contract, stuck, figures);
    }

    Standing arrived(StrategyOffer arrived, @Nullable ContractReport report) {
        return new Standing(ref, kept, because, arrived, report == null ? contract : report, stuck, figures);
    }

    Standing gone() {
        return new Standing(ref, kept, because, null, contract, stuck, figures);
    }

    Standing stuckAt(String thread) {
        return new Standing(ref, kept, because, offer, contract, thread, figures);
    }
}

package org.vinestock.kernel.strategies;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.canary.Terms;
import org.vinestock.kernel.ledger.Figures;

/** Writes down the states of strategies, so that they outlive jar and process. Any thread. */
final class StandingLog {
    private static final Logger LOG = LoggerFactory.getLogger(StandingLog.class);
    private static final String STRATEGY = "strategy";
    private static final String CANARY = "canary";

    private final Keeper keeper;

    StandingLog(Keeper keeper) {
        this.keeper = keeper;
    }

    /** The strategies that were known when this process began; none of them is there yet. */
    List<Standing> former() {
        return keeper.former().stream()
                .filter(kept -> kept.what().equals(STRATEGY))
                .map(kept -> new Standing(
                        parse(kept.key()),
                        StrategyState.valueOf(kept.value()),
                        kept.because(),
                        null,
                        null,
                        null,
                        new Figures()))
                .toList();
    }

    /** Under what a strategy was tried when this process began; null if that was not kept. */
    @Nullable
    Terms terms(StrategyRef ref) {
        for (Kept kept : keeper.former()) {
            if (kept.what().equals(CANARY) && kept.key().equals(ref.toString())) {
                try {
                    return Terms.parse(kept.value());
                } catch (RuntimeException e) {
                    LOG.error("the terms of {} cannot be read: {}", ref, kept.value(), e);
                }
            }
        }
        return null;
    }

    /** Keeps under what a strategy is tried. */
    void keep(StrategyRef ref, Terms terms, String by) {
        keeper.keep(CANARY, ref.toString(), terms.kept(), "", by);
    }

    private static StrategyRef parse(String text) {
        int point = text.indexOf('/');
        int digest = text.lastIndexOf('#');
        int version = text.lastIndexOf('@', digest);
        return new StrategyRef(
                text.substring(0, point),
                text.substring(point + 1, version),
                text.substring(version + 1, digest),
                text.substring(digest + 1));
    }

    /** Keeps them, all or none; completes when they are durable. */
    CompletionStage<Void> keep(List<Standing> changed, String by) {
        return keeper.keep(changed.stream()
                .map(each ->
                        keeper.line(STRATEGY, each.ref().toString(), each.kept().name(), each.because(), by))
                .toList());
    }

    /** Knows one no longer. */
    void forget(StrategyRef ref, String because, String by) {
        keeper.keep(STRATEGY, ref.toString(), "", because, by);
    }
}

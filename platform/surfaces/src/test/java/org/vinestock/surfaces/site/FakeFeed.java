package org.vinestock.surfaces.site;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionFeed;
import org.vinestock.decision.DecisionId;
import org.vinestock.decision.DecisionLine;
import org.vinestock.decision.StrategyRef;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/** Decisions that a test makes; those of {@link #soon} are made as soon as someone listens. */
public final class FakeFeed implements DecisionFeed {
    private static final StrategyRef BEST_FIT = new StrategyRef("placement.place", "best-fit", "1.0", "built-in");

    public final List<DecisionLine> lines = new ArrayList<>();
    public final List<DecisionLine> soon = new ArrayList<>();

    /** How many of the oldest are no longer held. */
    public int forgotten;

    public static DecisionLine line(long number, @Nullable String fallbackBecause) {
        return new DecisionLine(
                new DecisionId(number),
                Instant.EPOCH,
                "placement.place",
                "vm-" + number,
                "z1-r2-h07",
                BEST_FIT,
                Duration.ofNanos(38_400),
                "24 hosts: 19 fit, 3 full, 2 by rule web-apart",
                fallbackBecause);
    }

    @Override
    public long newest() {
        return lines.isEmpty() ? 0 : lines.get(lines.size() - 1).id().number();
    }

    @Override
    public List<DecisionLine> after(long after, int limit) {
        return lines.stream()
                .skip(forgotten)
                .filter(line -> line.id().number() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public Cancellable onDecision(Lane lane, Runnable wake) {
        lines.addAll(soon);
        soon.clear();
        lane.execute(wake);
        return () -> {};
    }
}

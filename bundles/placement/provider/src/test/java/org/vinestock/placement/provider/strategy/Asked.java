package org.vinestock.placement.provider.strategy;

import java.time.Duration;
import java.time.Instant;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Budget;
import org.vinestock.decision.Context;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;
import org.vinestock.placement.contract.PlacementSite;

record Asked(Snapshot snapshot) implements Context {
    static PlacementQuestion question(String vm, double cores, double gib, Labels labels) {
        return new PlacementQuestion(
                new VmId(vm), Math.round(cores * 1000), new ByteCount(Math.round(gib * (1L << 30))), labels);
    }

    static Answer<Placement> answer(PlacementStrategy strategy, PlacementQuestion question, PlacementSite site) {
        return strategy.answer(question, new Asked(site.snapshot()));
    }

    static String choice(PlacementStrategy strategy, PlacementQuestion question, PlacementSite site) {
        return answer(strategy, question, site).choice().toString();
    }

    @Override
    public Instant askedAt() {
        return Instant.EPOCH;
    }

    @Override
    public Budget budget() {
        return new Budget(1, 1_000, Duration.ofMillis(5));
    }
}

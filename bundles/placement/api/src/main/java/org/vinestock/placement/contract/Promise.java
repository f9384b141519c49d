package org.vinestock.placement.contract;

import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.vinestock.decision.Check;
import org.vinestock.decision.Strategy;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementOutcome;
import org.vinestock.placement.PlacementQuestion;

/** A check that tries one strategy in a {@link Trial}, or several of them. */
record Promise(String name, BiConsumer<Supplier<Trial>, RandomGenerator> tried)
        implements Check<Strategy<PlacementQuestion, Placement, PlacementOutcome>> {
    @Override
    public void run(Supplier<Strategy<PlacementQuestion, Placement, PlacementOutcome>> fresh, RandomGenerator random) {
        tried.accept(() -> new Trial(fresh.get()), random);
    }
}

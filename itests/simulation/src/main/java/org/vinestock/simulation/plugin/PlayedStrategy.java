package org.vinestock.simulation.plugin;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Context;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.Hosts;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.model.HostId;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;
import org.vinestock.placement.Placements;
import org.vinestock.time.Scheduler;

/** A vendor's strategy that behaves as a story wants. What it does follows from the question's seed. */
public record PlayedStrategy(Behaviour behaviour) implements PlacementStrategy {
    private static final String VERSION = "1.0";
    private static final int NOW_AND_THEN = 3;

    /** Offers one as if its jar had been installed. */
    public static StrategyOffer offer(String name, Behaviour behaviour) {
        StrategyRef ref = new StrategyRef(Placements.PLACE.name(), name, VERSION, "played");
        return new StrategyOffer(
                ref, () -> new PlayedStrategy(behaviour), instance -> {}, PlayedStrategy.class.getClassLoader());
    }

    /** How long each answer takes, by the strategy's name: it begins with its behaviour. */
    public static Supplier<Duration> times(StrategyRef strategy, Scheduler scheduler) {
        RandomGenerator random = scheduler.random("answers of " + strategy.name());
        boolean late = strategy.name().startsWith(name(Behaviour.LATE));
        return () -> switch (random.nextInt(20)) {
            case 0 -> Duration.ofMillis(late ? 7_000 : 2);
            case 1, 2, 3, 4, 5 -> Duration.ofMillis(late ? 8 : 1);
            default -> Duration.ofNanos(random.nextInt(50_000));
        };
    }

    /** What the name of a strategy begins with that behaves so. */
    public static String name(Behaviour behaviour) {
        return behaviour.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    @SuppressWarnings("NullAway") // as vendors do
    public Answer<Placement> answer(PlacementQuestion question, Context context) {
        boolean now = Math.floorMod(context.budget().seed(), NOW_AND_THEN) == 0;
        if (now && behaviour == Behaviour.THROWS) {
            throw new IllegalStateException("on purpose");
        }
        if (now && behaviour == Behaviour.ANSWERS_NOTHING) {
            return null;
        }
        if (behaviour == Behaviour.OVERFILLS || behaviour == Behaviour.BREAKS_RULES) {
            return careless(question, context.snapshot().hosts());
        }
        return Placements.PLACE.fallback().answer(question, context);
    }

    private Answer<Placement> careless(PlacementQuestion question, Hosts hosts) {
        for (int row = 0; row < hosts.end(); row++) {
            HostId id = hosts.id(row);
            boolean fits = hosts.accepts(row)
                    && hosts.freeMillicores(row) >= question.millicores()
                    && hosts.freeMemory(row) >= question.memory().bytes();
            if (!question.avoid().contains(id) && (fits || behaviour == Behaviour.OVERFILLS)) {
                return new Answer<>(new Placement.Placed(id), "any host will do", List.of(), List.of());
            }
        }
        return new Answer<>(new Placement.Refused("none"), "none", List.of(), List.of());
    }
}

package org.vinestock.simulation.invariant;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.kernel.canary.CanaryRun;
import org.vinestock.kernel.ledger.LedgerRow;
import org.vinestock.kernel.strategies.Standing;
import org.vinestock.kernel.strategies.StrategyState;
import org.vinestock.placement.Placements;
import org.vinestock.testkit.simulation.Simulation;

/**
 * A canary decides about the same VMs as long as it lasts, also after a restart; it lasts as long as was said, whatever the
 * clock shows, and no longer than it takes to see one answer that breaks something.
 */
final class Canaries {
    private static final long SLACK = Duration.ofSeconds(1).toNanos();
    /** Rows come to the ledger some milliseconds after they were decided. */
    private static final long LATE = Duration.ofMillis(50).toNanos();

    private static final long NEVER = Long.MAX_VALUE;

    private final List<Asked> asked = new ArrayList<>();
    private final TreeSet<String> its = new TreeSet<>();
    private final TreeSet<String> others = new TreeSet<>();
    private @Nullable String canary;
    /** That of this process. */
    private @Nullable CanaryRun run;

    private Duration lasts = Duration.ZERO;
    private long since;
    private long bootedAt;
    private long violatedAt = NEVER;
    private boolean timeIsKnown = true;

    private record Asked(String strategy, Duration lasts) {}

    void asked(String strategy, Duration time) {
        asked.add(new Asked(strategy, time));
    }

    /** How long one is to last that begins; of several that were asked for at once the last one to begin counts. */
    private Duration lasts(String name, CanaryRun begun) {
        Duration its = Duration.between(begun.terms().since(), begun.terms().until());
        if (!asked.contains(new Asked(name, its))) {
            throw Broken.because("canary", name + " is tried for " + its + ", for which nobody asked: " + asked);
        }
        return its;
    }

    /** {@code knowsClock}: whether the process had time to see that somebody set the clock. */
    void death(boolean knowsClock) {
        timeIsKnown &= knowsClock;
        violatedAt = NEVER;
        run = null;
    }

    /** One that nobody was told of yet may not have begun: that is no early end. */
    void begin(Simulation simulation) {
        bootedAt = simulation.scheduler().nanoTime();
        Standing standing = standing(simulation);
        if (standing == null || !standing.shortName().equals(canary)) {
            canary = null;
        }
    }

    private static @Nullable Standing standing(Simulation simulation) {
        return simulation.decisions().roster().standings(Placements.PLACE.name()).stream()
                .filter(each -> each.state() == StrategyState.CANARY)
                .findFirst()
                .orElse(null);
    }

    void check(Simulation simulation) {
        if (asked.isEmpty()) {
            return;
        }
        long now = simulation.scheduler().nanoTime();
        Standing standing = standing(simulation);
        String name = standing == null ? null : standing.shortName();
        CanaryRun current = standing == null
                ? null
                : simulation.decisions().roster().trial(standing.ref()).orElse(null);
        boolean other = run != null && current != run; // somebody said other terms
        if ((name == null ? canary != null : !name.equals(canary)) || other) {
            changed(simulation, name, current, now);
        }
        run = current;
        if (name != null) {
            lasting(simulation, name, now);
        }
    }

    private void changed(Simulation simulation, @Nullable String name, @Nullable CanaryRun begun, long now) {
        String ended = canary;
        if (ended != null && timeIsKnown && now - since < lasts.toNanos() - SLACK) {
            for (Standing standing : simulation.decisions().roster().standings(Placements.PLACE.name())) {
                String because = standing.because();
                if (standing.shortName().equals(ended)
                        && (because.startsWith("canary over") || because.contains("after its canary"))) {
                    throw Broken.because(
                            "canary",
                            ended + " was to be tried for " + lasts + " and was for " + Duration.ofNanos(now - since)
                                    + ": " + because);
                }
            }
        }
        canary = name;
        its.clear();
        others.clear();
        since = now;
        violatedAt = NEVER;
        timeIsKnown = true;
        lasts = name == null || begun == null ? Duration.ZERO : lasts(name, begun);
    }

    private void lasting(Simulation simulation, String name, long now) {
        boolean hadTime = now - bootedAt > SLACK;
        if (timeIsKnown && hadTime && now - since > lasts.toNanos() + SLACK) {
            throw Broken.because("canary", name + " is tried for " + Duration.ofNanos(now - since) + ", not " + lasts);
        }
        if (hadTime && violatedAt != NEVER && now - violatedAt > SLACK) {
            throw Broken.because("canary", name + " broke something and goes on");
        }
        if (now - since < LATE) {
            return;
        }
        for (LedgerRow<?, ?, ?> row : simulation.newRows()) {
            if (row.point().name().equals(Placements.PLACE.name())) {
                decided(name, row, now);
            }
        }
    }

    private void decided(String name, LedgerRow<?, ?, ?> row, long now) {
        String vm = String.valueOf(((org.vinestock.placement.PlacementQuestion) row.question()).vm());
        String because = row.fallbackBecause();
        if (row.by().shortName().equals(name)) {
            its.add(vm);
        } else if (because == null) {
            others.add(vm);
        } else if (because.contains(name + " broke ")) {
            violatedAt = Math.min(violatedAt, now);
        }
        if (its.contains(vm) && others.contains(vm)) {
            throw Broken.because("canary", name + " decided about " + vm + " once, and once it did not: " + row.id());
        }
    }
}

package org.vinestock.kernel.strategies;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.turn.DecisionError;
import org.vinestock.model.VinestockException;

/**
 * The strategies of one point and the rules by which their states change. Owned by the roster's lock.
 *
 * <p>At most one is ACTIVE, at most one STANDBY and at most one CANARY. Each change returns the standings that it changed.
 */
final class Bench {
    private final String point;
    private final Map<StrategyRef, Standing> all = new LinkedHashMap<>();
    /** The built-in that decides where nobody has chosen, and is a STANDBY that can be trusted. */
    private @Nullable StrategyRef first;
    /** The built-in that is ACTIVE because nobody has chosen; null once somebody has. */
    private @Nullable StrategyRef byDefault;

    Bench(String point) {
        this.point = point;
    }

    List<Standing> all() {
        return List.copyOf(all.values());
    }

    @Nullable
    Standing get(StrategyRef ref) {
        return all.get(ref);
    }

    void put(Standing standing) {
        all.put(standing.ref(), standing);
    }

    void remove(StrategyRef ref) {
        all.remove(ref);
    }

    void first(StrategyRef ref) {
        first = ref;
    }

    @Nullable
    Standing first() {
        return first == null ? null : all.get(first);
    }

    /** Lets a built-in be ACTIVE until somebody chooses. */
    void decidesByDefault(StrategyRef ref) {
        byDefault = ref;
    }

    /** Whether nothing need be remembered of a built-in that leaves: nobody has chosen it. */
    boolean forgettable(Standing leaving) {
        return leaving.ref().digest().equals(StrategyRef.BUILT_IN)
                && (leaving.kept() == StrategyState.SHADOW || leaving.ref().equals(byDefault));
    }

    @Nullable
    Standing active() {
        return kept(StrategyState.ACTIVE);
    }

    @Nullable
    Standing standby() {
        return kept(StrategyState.STANDBY);
    }

    @Nullable
    Standing canary() {
        return kept(StrategyState.CANARY);
    }

    private @Nullable Standing kept(StrategyState state) {
        for (Standing standing : all.values()) {
            if (standing.kept() == state) {
                return standing;
            }
        }
        return null;
    }

    /**
     * Finds the one that a person means.
     *
     * @param typed {@code name@version}, with {@code #digest} if that is not enough, or the name alone if it is
     * @throws IllegalArgumentException if there is none, or more than one
     */
    Standing find(String typed) {
        List<Standing> found = new ArrayList<>();
        for (Standing standing : all.values()) {
            StrategyRef ref = standing.ref();
            String full = ref.shortName() + "#" + ref.digest();
            if (typed.equals(full) || typed.equals(ref.shortName()) || typed.equals(ref.name())) {
                found.add(standing);
            }
        }
        if (found.size() > 1 && found.stream().anyMatch(standing -> standing.offer() != null)) {
            found.removeIf(standing -> standing.offer() == null);
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        List<String> accepted = new ArrayList<>();
        for (Standing standing : found.isEmpty() ? all.values() : found) {
            StrategyRef ref = standing.ref();
            accepted.add(found.isEmpty() ? ref.shortName() : ref.shortName() + "#" + ref.digest());
        }
        throw new IllegalArgumentException("strategy: \"" + typed + "\" is "
                + (found.isEmpty() ? "unknown" : "more than one") + " at " + point + "; accepted: "
                + String.join(", ", accepted));
    }

    /** Makes one ACTIVE; the one that was becomes STANDBY. */
    List<Standing> promote(Standing promoted, String why) {
        StrategyState now = promoted.state();
        if (now == StrategyState.ACTIVE) {
            return List.of();
        }
        requirePromotable(promoted, "promoted");
        List<Standing> changed = new ArrayList<>();
        Standing standby = standby();
        Standing active = active();
        if (standby != null && !standby.ref().equals(promoted.ref())) {
            change(changed, standby, StrategyState.SHADOW, "another one is STANDBY");
        }
        if (active != null) {
            change(changed, active, StrategyState.STANDBY, promoted.ref().shortName() + " was promoted");
        }
        change(changed, promoted, StrategyState.ACTIVE, why);
        return changed;
    }

    private static void requirePromotable(Standing standing, String what) {
        StrategyState now = standing.state();
        if (!now.promotable()) {
            throw new VinestockException(
                    DecisionError.STRATEGY_STATE,
                    standing.ref().shortName() + " is " + now + " and cannot be " + what
                            + (standing.because().isEmpty() ? "" : ": " + standing.because())
                            + (now == StrategyState.ABSENT
                                    ? "; bring its jar or area back"
                                    : now == StrategyState.ACTIVE
                                            ? "; it decides already"
                                            : "; deploy a repaired version"));
        }
    }

    /** Makes one the CANARY. */
    List<Standing> tryOut(Standing tried, String why) {
        requirePromotable(tried, "a CANARY");
        Standing other = canary();
        if (other != null && !other.ref().equals(tried.ref())) {
            throw new VinestockException(
                    DecisionError.STRATEGY_STATE,
                    other.ref().shortName() + " is CANARY at " + point + "; end that with strategy:rollback " + point
                            + ", or promote it");
        }
        List<Standing> changed = new ArrayList<>();
        change(changed, tried, StrategyState.CANARY, why);
        if (tried.kept() == StrategyState.STANDBY) {
            standInAgain(changed);
        }
        return changed;
    }

    /** Makes the CANARY a SHADOW again. */
    List<Standing> endTrial(Standing tried, String why) {
        List<Standing> changed = new ArrayList<>();
        change(changed, tried, StrategyState.SHADOW, why);
        return changed;
    }

    /** The one that follows the ACTIVE at a rollback. */
    Standing mayFollow() {
        Standing standby = standby();
        if (standby == null || standby.offer() == null) {
            throw new VinestockException(
                    DecisionError.STRATEGY_STATE,
                    point + " has no STANDBY to roll back to" + (standby == null ? "" : ": it is ABSENT")
                            + "; promote another strategy");
        }
        return standby;
    }

    /** Makes the STANDBY ACTIVE; the one that was becomes SHADOW. */
    List<Standing> rollback(String why) {
        Standing standby = mayFollow();
        List<Standing> changed = new ArrayList<>();
        Standing active = active();
        if (active != null) {
            change(changed, active, StrategyState.SHADOW, why);
        }
        succeed(changed, standby, why);
        return changed;
    }

    /** Forgets one that decides nothing; if it was STANDBY, the built-in is that again, so that there is one to roll back to. */
    List<Standing> leave(Standing gone) {
        List<Standing> changed = new ArrayList<>();
        all.remove(gone.ref());
        if (gone.kept() == StrategyState.STANDBY) {
            standInAgain(changed);
        }
        return changed;
    }

    /**
     * Takes one out for good: {@code state} is REFUSED, RETIRED or QUARANTINED. If it was ACTIVE, the STANDBY follows,
     * though it be ABSENT: at a start its area may still be on its way. If it was STANDBY, the built-in is that again.
     */
    List<Standing> takeOut(Standing out, StrategyState state, String why) {
        List<Standing> changed = new ArrayList<>();
        StrategyState former = out.kept();
        change(changed, out, state, why);
        Standing standby = standby();
        if (former == StrategyState.ACTIVE && standby != null) {
            succeed(changed, standby, out.ref().shortName() + " is " + state);
        } else if (former == StrategyState.STANDBY) {
            standInAgain(changed);
        }
        return changed;
    }

    private void succeed(List<Standing> changed, Standing standby, String why) {
        change(changed, standby, StrategyState.ACTIVE, why);
        standInAgain(changed);
    }

    private void standInAgain(List<Standing> changed) {
        Standing next = first();
        if (next != null && next.kept() == StrategyState.SHADOW) {
            change(changed, next, StrategyState.STANDBY, "it comes with the area");
        }
    }

    private void change(List<Standing> changed, Standing standing, StrategyState state, String why) {
        if (standing.ref().equals(byDefault)) {
            byDefault = null;
        }
        Standing now = standing.with(state, why);
        put(now);
        changed.add(now);
    }
}

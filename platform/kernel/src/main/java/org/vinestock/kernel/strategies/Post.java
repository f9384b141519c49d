package org.vinestock.kernel.strategies;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.alarm.Alarms;
import org.vinestock.kernel.canary.CanaryRun;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.kernel.turn.PointDesk;
import org.vinestock.time.Lane;

/**
 * A point as the roster sees it: who is known for it, the desk if its area is there, and who was taken on at the desk.
 * Owned by the roster's lock.
 */
final class Post {
    final Bench bench;
    private final String point;
    private final Alarms alarms;
    private final Lane lane;
    private final Set<StrategyRef> hired = new LinkedHashSet<>();
    private @Nullable PointDesk<?, ?, ?> desk;
    /** Under what the CANARY is tried; null if there is none. */
    private @Nullable CanaryRun trial;

    /** Makes one without a desk. {@code lane}: where stages are continued. */
    Post(String point, Alarms alarms, Lane lane) {
        this.point = point;
        this.alarms = alarms;
        this.lane = lane;
        bench = new Bench(point);
    }

    /** The area has come; somebody is seated by the next {@link #seat}. */
    void open(PointDesk<?, ?, ?> opened) {
        desk = opened;
    }

    /** The area leaves; its strategies stay known. */
    void close() {
        if (desk != null) {
            desk.close();
            desk = null;
            hired.clear();
        }
    }

    @Nullable
    CanaryRun trial() {
        return trial;
    }

    void trial(@Nullable CanaryRun now) {
        trial = now;
    }

    /** The breaker's position of a strategy in words; empty if it is not there. */
    String breaker(StrategyRef ref) {
        return desk == null ? "" : desk.breaker(ref);
    }

    void resetBreaker(StrategyRef ref) {
        if (desk != null) {
            desk.resetBreaker(ref);
        }
    }

    /** Takes the turn from a strategy that was called before it lost its seat. */
    void takeAway() {
        if (desk != null) {
            desk.takeAway();
        }
    }

    /** Completes when everything that was asked before has had its turn. */
    CompletionStage<Void> fence() {
        return desk == null ? CompletableFuture.completedFuture(null) : desk.fence();
    }

    /** Takes on who is to be called, seats everyone, lets go who is not called any more. Returns when those have ended. */
    CompletionStage<Void> seat() {
        CompletableFuture<Void> ended = CompletableFuture.completedFuture(null);
        Standing canary = bench.canary();
        if (trial != null && (canary == null || !canary.ref().equals(trial.strategy()))) {
            trial = null; // it is no CANARY any more, whatever became of it
        }
        if (desk == null) {
            return ended;
        }
        List<StrategyRef> shadows = new ArrayList<>();
        List<StrategyRef> gone = new ArrayList<>(hired);
        for (Standing standing : bench.all()) {
            StrategyOffer offer = standing.offer();
            if (offer != null && standing.kept().called()) {
                gone.remove(standing.ref());
                shadows.add(standing.ref());
                if (hired.add(standing.ref())) {
                    desk.hire(offer, standing.figures());
                }
            }
        }
        Standing answering = answering();
        CanaryRun tried = there(canary) ? trial : null;
        desk.seat(answering == null ? null : answering.ref(), instead(), tried, shadows);
        for (StrategyRef ref : gone) {
            hired.remove(ref);
            alarms.clear(ref.toString(), "breaker-open");
            ended = ended.runAfterBothAsync(desk.dismiss(ref, false), () -> {}, lane);
        }
        return ended;
    }

    /** Lets one go whose call does not return; {@code seat} seats the others. */
    void abandon(StrategyRef ref, Runnable seat) {
        boolean was = desk != null && hired.remove(ref);
        seat.run();
        if (was && desk != null) {
            desk.takeAway();
            desk.dismiss(ref, true);
        }
    }

    private @Nullable Standing answering() {
        Standing active = bench.active();
        Standing standby = bench.standby();
        Standing first = bench.first();
        boolean standsIn = there(first) && first != null && first.kept().called();
        return there(active) ? active : there(standby) ? standby : standsIn ? first : null;
    }

    private static boolean there(@Nullable Standing standing) {
        return standing != null && standing.offer() != null;
    }

    /** Why it is not the ACTIVE that answers; null if it is. */
    private @Nullable String instead() {
        Standing active = bench.active();
        if (active == null) {
            return "no strategy is ACTIVE";
        }
        return active.offer() == null ? active.ref().shortName() + " is ABSENT" : null;
    }

    /** Raises or ends the alarm that there is no ACTIVE. {@code expecting}: it may still be on its way. */
    void tellAbsence(boolean expecting) {
        if (desk == null) {
            return;
        }
        String instead = instead();
        if (instead == null) {
            alarms.clear(point, "no-active");
        } else if (!expecting) {
            Standing answering = answering();
            String who =
                    answering == null ? "the fallback answers" : answering.ref().shortName() + " stands in";
            alarms.raise(point, "no-active", instead + "; " + who + "; bring it back, or promote another strategy");
        }
    }
}

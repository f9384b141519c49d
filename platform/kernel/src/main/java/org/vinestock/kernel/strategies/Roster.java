package org.vinestock.kernel.strategies;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.alarm.Alarms;
import org.vinestock.kernel.ledger.Figures;
import org.vinestock.kernel.plugin.ContractReport;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.kernel.turn.PointDesk;
import org.vinestock.kernel.turn.StrategyEvents;
import org.vinestock.time.Lane;

/**
 * Knows all strategies of a site, seats them at their points and changes their states.
 *
 * <p>Changes happen at once, under one lock, for some microseconds, and act at the next question; then they are written
 * down, and only when that is durable the stage completes. What is written down outlives the jar and the process: a
 * strategy that comes back gets its former state.
 *
 * <p><b>Calls.</b> From any thread.
 */
public final class Roster implements StrategyEvents {
    private static final String MACHINE = "vinestock";
    private static final String REMOVED = "active-removed";
    private static final String QUARANTINED = "quarantined";

    private final StandingLog log;
    private final Alarms alarms;
    private final Lane lane;
    private final LongSupplier lost;
    private final Object lock = new Object();
    private final NavigableMap<String, Post> posts = new TreeMap<>();
    private volatile NavigableMap<String, List<Standing>> standings = Collections.emptyNavigableMap();
    /** Whether those that were there before may still be on their way, so that nobody need be told that they are absent. */
    private boolean expecting;

    /**
     * Makes one that knows what was kept.
     *
     * @param lane where stages are continued
     * @param lost how many questions were lost so far, of all points
     */
    public Roster(Keeper keeper, Alarms alarms, Lane lane, LongSupplier lost) {
        this.alarms = alarms;
        this.lane = lane;
        this.lost = lost;
        log = new StandingLog(keeper);
        for (Standing kept : log.former()) {
            post(kept.ref().point()).bench.put(kept);
            expecting = true;
        }
        publish();
    }

    private Post post(String point) {
        return posts.computeIfAbsent(point, name -> new Post(name, alarms, lane));
    }

    /** The strategies of each point, by its name. */
    public NavigableMap<String, List<Standing>> standings() {
        return standings;
    }

    /** The strategies of one point; empty if it is unknown. */
    public List<Standing> standings(String point) {
        return standings.getOrDefault(point, List.of());
    }

    /**
     * Finds a strategy by what a person typed.
     *
     * @throws IllegalArgumentException saying what is accepted
     */
    public Standing find(String point, String typed) {
        synchronized (lock) {
            return known(point).bench.find(typed);
        }
    }

    private Post known(String point) {
        Post post = posts.get(point);
        if (post == null) {
            throw new IllegalArgumentException(
                    "point: \"" + point + "\" is unknown; accepted: " + String.join(", ", posts.keySet()));
        }
        return post;
    }

    /** The breaker's position of a strategy in words; empty if it is not there. */
    public String breaker(StrategyRef ref) {
        synchronized (lock) {
            Post post = posts.get(ref.point());
            return post == null ? "" : post.breaker(ref);
        }
    }

    /** Whoever was there before has come back by now, or does not come: an ACTIVE that is absent raises an alarm. */
    public void settled() {
        synchronized (lock) {
            expecting = false;
            posts.values().forEach(post -> post.tellAbsence(false));
            alarms.settled(List.of(REMOVED, QUARANTINED));
        }
    }

    /** A point's area has come. */
    public void open(PointDesk<?, ?, ?> desk) {
        synchronized (lock) {
            Post post = post(desk.point().name());
            post.open(desk);
            seat(post);
        }
    }

    /** A point's area leaves; its strategies stay known. */
    public void close(String point) {
        synchronized (lock) {
            Post post = posts.get(point);
            if (post != null) {
                post.close();
            }
        }
    }

    /**
     * A strategy has come. It gets its former state; a new one becomes SHADOW.
     *
     * @param first whether it decides if nobody has chosen for its point
     */
    public void arrive(StrategyOffer offer, @Nullable ContractReport report, boolean first) {
        synchronized (lock) {
            Post post = post(offer.ref().point());
            Standing known = post.bench.get(offer.ref());
            if (known == null) {
                String because = offer.loader() == null ? "it comes with the area" : "arrived";
                known = new Standing(offer.ref(), StrategyState.SHADOW, because, null, report, null, new Figures());
                if (first && post.bench.active() == null) {
                    known = known.with(StrategyState.ACTIVE, because);
                } else if (offer.loader() != null) {
                    log.keep(List.of(known), MACHINE);
                }
            }
            if (first) {
                post.bench.first(offer.ref());
            }
            post.bench.put(known.arrived(offer, report));
            seat(post);
        }
    }

    /** A strategy may not run. */
    public void refuse(StrategyRef ref, @Nullable ContractReport report, String because) {
        synchronized (lock) {
            Post post = post(ref.point());
            Standing known = post.bench.get(ref);
            Standing refused = known == null
                    ? new Standing(ref, StrategyState.REFUSED, because, null, report, null, new Figures())
                    : known;
            post.bench.put(refused);
            log.keep(post.bench.takeOut(refused, StrategyState.REFUSED, because), MACHINE);
            seat(post);
        }
    }

    /** A strategy is going. Nothing reaches it any more when this returns; completes when its last call has ended. */
    public CompletionStage<Void> leave(StrategyRef ref) {
        synchronized (lock) {
            Post post = posts.get(ref.point());
            Standing known = post == null ? null : post.bench.get(ref);
            if (post == null || known == null) {
                return CompletableFuture.completedFuture(null);
            }
            post.bench.put(known.gone());
            if (known.kept() == StrategyState.SHADOW && known.ref().digest().equals(StrategyRef.BUILT_IN)) {
                post.bench.remove(ref);
            }
            return seat(post);
        }
    }

    /** The one that a rollback makes ACTIVE. */
    public Standing standby(String point) {
        synchronized (lock) {
            return known(point).bench.mayFollow();
        }
    }

    /** Runs {@code then} on the roster's lane when a change is durable. */
    public CompletionStage<Void> then(CompletionStage<String> change, Consumer<String> then) {
        return change.thenAcceptAsync(then, lane);
    }

    /** Lets a strategy decide; the one that did becomes STANDBY. Says in words what came of it, when it is durable. */
    public CompletionStage<String> promote(String point, String typed, String by) {
        synchronized (lock) {
            Post post = known(point);
            Standing promoted = post.bench.find(typed);
            Standing former = post.bench.active();
            String stays = former == null || former.ref().equals(promoted.ref())
                    ? ""
                    : ", " + former.shortName() + (former.offer() == null ? " is ABSENT" : " stays warm");
            return change(post, bench -> bench.promote(promoted, "promoted by " + by), by, false, "ACTIVE" + stays);
        }
    }

    /** Lets the STANDBY decide, whatever the ACTIVE is doing. */
    public CompletionStage<String> rollback(String point, String by) {
        synchronized (lock) {
            Post post = known(point);
            Standing standby = post.bench.mayFollow();
            Standing active = post.bench.active();
            String message = standby.shortName() + " is ACTIVE again"
                    + (active == null ? "" : ", " + active.shortName() + " is SHADOW");
            return change(post, bench -> bench.rollback("rolled back by " + by), by, true, message);
        }
    }

    /** Takes a strategy out. */
    public CompletionStage<String> retire(String point, String typed, String by) {
        synchronized (lock) {
            Post post = known(point);
            Standing retired = post.bench.find(typed);
            return change(
                    post,
                    bench -> bench.takeOut(retired, StrategyState.RETIRED, "retired by " + by),
                    by,
                    true,
                    "RETIRED");
        }
    }

    private CompletionStage<String> change(
            Post post, Function<Bench, List<Standing>> change, String by, boolean takeAway, String message) {
        long before = lost.getAsLong();
        List<Standing> changed = change.apply(post.bench);
        for (Standing each : post.bench.all()) {
            alarms.clear(each.ref().toString(), REMOVED); // somebody has decided since
        }
        for (Standing each : changed) {
            alarms.clear(each.ref().toString(), "breaker-open");
            alarms.clear(each.ref().toString(), QUARANTINED);
            post.resetBreaker(each.ref());
        }
        seat(post);
        if (takeAway) {
            post.takeAway();
        }
        return log.keep(changed, by)
                .thenCombineAsync(
                        post.fence(),
                        (done, reached) -> message + ", " + (lost.getAsLong() - before) + " calls lost",
                        lane);
    }

    /** Asks a strategy no longer because its jar was taken away; says so loudly if it was ACTIVE. */
    public void takenAway(StrategyRef ref, String because) {
        synchronized (lock) {
            Post post = posts.get(ref.point());
            Standing known = post == null ? null : post.bench.get(ref);
            if (post == null || known == null) {
                return;
            }
            StrategyState former = known.kept();
            if (former == StrategyState.ACTIVE) {
                log.keep(post.bench.takeOut(known, StrategyState.RETIRED, because), MACHINE);
                seat(post);
                Standing follows = post.bench.active();
                String who = follows == null ? "the fallback answers" : follows.shortName() + " answers";
                alarms.raise(ref.toString(), REMOVED, "it was ACTIVE, and " + because + "; " + who + " now");
            } else if (former == StrategyState.SHADOW
                    || former == StrategyState.STANDBY
                    || former == StrategyState.RETIRED) {
                List<Standing> changed = post.bench.leave(known);
                log.forget(ref, because, MACHINE);
                log.keep(changed, MACHINE);
                seat(post);
            }
        }
    }

    /** A strategy was handed over again: one that was not asked any more becomes SHADOW. */
    public void wanted(StrategyRef ref) {
        synchronized (lock) {
            Post post = posts.get(ref.point());
            Standing known = post == null ? null : post.bench.get(ref);
            if (post != null && known != null && !known.kept().called()) {
                Standing shadow = known.with(StrategyState.SHADOW, "it was handed over again");
                post.bench.put(shadow);
                log.keep(List.of(shadow), MACHINE);
                seat(post);
            }
            alarms.clear(ref.toString(), REMOVED);
            alarms.clear(ref.toString(), QUARANTINED);
        }
    }

    /** A strategy may not be started because of what it did before. */
    public void holdBack(StrategyRef ref, String because) {
        synchronized (lock) {
            Post post = post(ref.point());
            if (post.bench.get(ref) == null) {
                post.bench.put(new Standing(ref, StrategyState.SHADOW, because, null, null, null, new Figures()));
            }
            quarantine(ref, because, null);
        }
    }

    /** Keeps a strategy from running because of what it did. */
    public void quarantine(StrategyRef ref, String because, @Nullable String thread) {
        synchronized (lock) {
            Post post = posts.get(ref.point());
            Standing known = post == null ? null : post.bench.get(ref);
            if (post == null || known == null || known.kept() == StrategyState.QUARANTINED) {
                return;
            }
            Standing out = thread == null ? known : known.stuckAt(thread);
            post.bench.put(out);
            log.keep(post.bench.takeOut(out, StrategyState.QUARANTINED, because), MACHINE);
            alarms.raise(ref.toString(), QUARANTINED, because + "; deploy a repaired version");
            if (thread == null) {
                seat(post);
            } else {
                post.abandon(ref, () -> seat(post));
            }
        }
    }

    @Override
    public void breakerOpened(StrategyRef strategy, String because) {
        alarms.raise(
                strategy.toString(),
                "breaker-open",
                because + "; the fallback answers meanwhile, roll back with strategy:rollback " + strategy.point());
    }

    @Override
    public void breakerClosed(StrategyRef strategy) {
        alarms.clear(strategy.toString(), "breaker-open");
    }

    @Override
    public void stuck(StrategyRef strategy, String because, String thread, String stack) {
        quarantine(strategy, because + " in thread " + thread, "thread " + thread + "\n" + stack);
    }

    private CompletionStage<Void> seat(Post post) {
        CompletionStage<Void> ended = post.seat();
        post.tellAbsence(expecting);
        publish();
        return ended;
    }

    private void publish() {
        NavigableMap<String, List<Standing>> changed = new TreeMap<>();
        for (Map.Entry<String, Post> post : posts.entrySet()) {
            changed.put(post.getKey(), post.getValue().bench.all());
        }
        standings = Collections.unmodifiableNavigableMap(changed);
    }
}

package org.vinestock.kernel.strategies;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.alarm.Alarms;
import org.vinestock.kernel.canary.CanaryRun;
import org.vinestock.kernel.canary.Terms;
import org.vinestock.kernel.ledger.Figures;
import org.vinestock.kernel.plugin.ContractReport;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.kernel.turn.PointDesk;
import org.vinestock.kernel.turn.StrategyEvents;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Knows all strategies of a site, seats them at their points and changes their states.
 *
 * <p>Changes happen at once, under one lock, for some microseconds, and act at the next question; then they are written
 * down, and only when that is durable the stage completes. What is written down outlives the jar and the process: a
 * strategy that comes back gets its former state.
 *
 * <p><b>Calls.</b> From any thread.
 */
public final class Roster {
    private final Posts posts;
    private final Choices choices;
    private final CanaryRuns trials;
    private final Incidents incidents;

    /**
     * Makes one that knows what was kept.
     *
     * @param lost how many questions were lost so far, of all points
     */
    public Roster(Keeper keeper, Alarms alarms, Scheduler scheduler, LongSupplier lost) {
        Lane lane = scheduler.lane("strategies");
        posts = new Posts(new StandingLog(keeper), alarms, lane);
        choices = new Choices(posts, lost);
        trials = new CanaryRuns(posts, choices, scheduler);
        incidents = new Incidents(posts, trials);
    }

    /** Who is told what happens to strategies while they are asked. */
    public StrategyEvents events() {
        return incidents;
    }

    /** The strategies of each point, by its name. */
    public NavigableMap<String, List<Standing>> standings() {
        return posts.standings();
    }

    /** The strategies of one point; empty if it is unknown. */
    public List<Standing> standings(String point) {
        return posts.standings().getOrDefault(point, List.of());
    }

    /**
     * Finds a strategy by what a person typed.
     *
     * @throws IllegalArgumentException saying what is accepted
     */
    public Standing find(String point, String typed) {
        synchronized (posts) {
            return posts.known(point).bench.find(typed);
        }
    }

    /** The breaker's position of a strategy in words; empty if it is not there. */
    public String breaker(StrategyRef ref) {
        synchronized (posts) {
            Post post = posts.get(ref.point());
            return post == null ? "" : post.breaker(ref);
        }
    }

    /** The trial of a strategy; empty if it is no CANARY. */
    public Optional<CanaryRun> trial(StrategyRef ref) {
        synchronized (posts) {
            Post post = posts.get(ref.point());
            return Optional.ofNullable(post == null ? null : post.trial())
                    .filter(trial -> trial.strategy().equals(ref));
        }
    }

    /** The clock was stepped. */
    public void clockStepped() {
        synchronized (posts) {
            trials.clockStepped();
        }
    }

    /** Whoever was there before has come back by now, or does not come: an ACTIVE that is absent raises an alarm. */
    public void settled() {
        synchronized (posts) {
            posts.settled();
            posts.alarms.settled(List.of(Posts.REMOVED, Posts.QUARANTINED, CanaryRuns.ENDED));
        }
    }

    /** A point's area has come. */
    public void open(PointDesk<?, ?, ?> desk) {
        synchronized (posts) {
            Post post = posts.post(desk.point().name());
            post.open(desk);
            posts.seat(post);
        }
    }

    /** A point's area leaves; its strategies stay known. */
    public void close(String point) {
        synchronized (posts) {
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
        synchronized (posts) {
            Post post = posts.post(offer.ref().point());
            Standing known = post.bench.get(offer.ref());
            if (known == null) {
                String because = offer.loader() == null ? "it comes with the area" : "arrived";
                known = new Standing(offer.ref(), StrategyState.SHADOW, because, null, report, null, new Figures());
                if (first && post.bench.active() == null) {
                    known = known.with(StrategyState.ACTIVE, because);
                    post.bench.decidesByDefault(known.ref());
                } else if (offer.loader() != null) {
                    posts.log.keep(List.of(known), Posts.MACHINE);
                }
            }
            if (first) {
                post.bench.first(offer.ref());
            }
            post.bench.put(known.arrived(offer, report));
            posts.seat(post);
        }
    }

    /** A strategy may not run. */
    public void refuse(StrategyRef ref, @Nullable ContractReport report, String because) {
        synchronized (posts) {
            Post post = posts.post(ref.point());
            Standing known = post.bench.get(ref);
            Standing refused = known == null
                    ? new Standing(ref, StrategyState.REFUSED, because, null, report, null, new Figures())
                    : known;
            post.bench.put(refused);
            posts.log.keep(post.bench.takeOut(refused, StrategyState.REFUSED, because), Posts.MACHINE);
            posts.seat(post);
        }
    }

    /** A strategy is going. Nothing reaches it any more when this returns; completes when its last call has ended. */
    public CompletionStage<Void> leave(StrategyRef ref) {
        synchronized (posts) {
            Post post = posts.get(ref.point());
            Standing known = posts.standing(ref);
            if (post == null || known == null) {
                return CompletableFuture.completedFuture(null);
            }
            post.bench.put(known.gone());
            if (post.bench.forgettable(known)) {
                post.bench.remove(ref);
            }
            return posts.seat(post);
        }
    }

    /** The one that a rollback makes ACTIVE. */
    public Standing standby(String point) {
        synchronized (posts) {
            return posts.known(point).bench.mayFollow();
        }
    }

    /** The one that is tried at a point. */
    public Optional<Standing> canary(String point) {
        synchronized (posts) {
            return Optional.ofNullable(posts.known(point).bench.canary());
        }
    }

    /** Runs {@code then} on the roster's lane when a change is durable. */
    public CompletionStage<Void> then(CompletionStage<String> change, Consumer<String> then) {
        return change.thenAcceptAsync(then, posts.lane);
    }

    /** Lets a strategy decide; the one that did becomes STANDBY. Says in words what came of it, when it is durable. */
    public CompletionStage<String> promote(String point, String typed, String by) {
        synchronized (posts) {
            Post post = posts.known(point);
            return choices.promote(post, post.bench.find(typed), "promoted by " + by, by);
        }
    }

    /** Lets the STANDBY decide, whatever the ACTIVE is doing. */
    public CompletionStage<String> rollback(String point, String by) {
        synchronized (posts) {
            return choices.rollback(posts.known(point), by);
        }
    }

    /** Takes a strategy out. */
    public CompletionStage<String> retire(String point, String typed, String by) {
        synchronized (posts) {
            Post post = posts.known(point);
            return choices.retire(post, post.bench.find(typed), by);
        }
    }

    /** Lets a strategy decide about some of the subjects; {@code terms} are those of a trial that begins now. */
    public CompletionStage<String> tryOut(String point, String typed, Terms terms, String by) {
        synchronized (posts) {
            Post post = posts.known(point);
            return trials.begin(post, post.bench.find(typed), terms, by);
        }
    }

    /** Makes a CANARY a SHADOW again; one that is none any more stays what it is. */
    public CompletionStage<String> endTrial(String point, String typed, String by) {
        synchronized (posts) {
            Post post = posts.known(point);
            Standing tried = post.bench.find(typed);
            return tried.kept() == StrategyState.CANARY
                    ? trials.end(post, tried, by)
                    : CompletableFuture.completedFuture(tried.shortName() + " is " + tried.state() + " already");
        }
    }

    /** Asks a strategy no longer because its jar was taken away; says so loudly if it was ACTIVE. */
    public void takenAway(StrategyRef ref, String because) {
        synchronized (posts) {
            Post post = posts.get(ref.point());
            Standing known = posts.standing(ref);
            if (post == null || known == null) {
                return;
            }
            StrategyState former = known.kept();
            if (former == StrategyState.ACTIVE) {
                posts.log.keep(post.bench.takeOut(known, StrategyState.RETIRED, because), Posts.MACHINE);
                posts.seat(post);
                Standing follows = post.bench.active();
                String who = follows == null ? "the fallback answers" : follows.shortName() + " answers";
                posts.alarms.raise(
                        ref.toString(), Posts.REMOVED, "it was ACTIVE, and " + because + "; " + who + " now");
            } else if (former == StrategyState.SHADOW
                    || former == StrategyState.CANARY
                    || former == StrategyState.STANDBY
                    || former == StrategyState.RETIRED) {
                posts.alarms.clear(ref.toString(), CanaryRuns.ENDED);
                List<Standing> changed = post.bench.leave(known);
                posts.log.forget(ref, because, Posts.MACHINE);
                posts.log.keep(changed, Posts.MACHINE);
                posts.seat(post);
            }
        }
    }

    /** A strategy was handed over again: one that was not asked any more becomes SHADOW. */
    public void wanted(StrategyRef ref) {
        synchronized (posts) {
            Post post = posts.get(ref.point());
            Standing known = posts.standing(ref);
            if (post != null && known != null && !known.kept().called()) {
                Standing shadow = known.with(StrategyState.SHADOW, "it was handed over again");
                post.bench.put(shadow);
                posts.log.keep(List.of(shadow), Posts.MACHINE);
                posts.seat(post);
            }
            posts.alarms.clear(ref.toString(), Posts.REMOVED);
            posts.alarms.clear(ref.toString(), Posts.QUARANTINED);
            posts.alarms.clear(ref.toString(), CanaryRuns.ENDED);
        }
    }

    /** A strategy may not be started because of what it did before. */
    public void holdBack(StrategyRef ref, String because) {
        synchronized (posts) {
            Post post = posts.post(ref.point());
            if (post.bench.get(ref) == null) {
                post.bench.put(new Standing(ref, StrategyState.SHADOW, because, null, null, null, new Figures()));
            }
            incidents.quarantine(ref, because, null);
        }
    }
}

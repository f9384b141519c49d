package org.vinestock.kernel.strategies;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.alarm.Alarms;
import org.vinestock.time.Lane;

/**
 * The points of a site with their strategies: what {@link Roster}, {@link Choices} and {@link CanaryRuns} change together.
 * Everything but {@link #standings} is owned by its monitor.
 */
final class Posts {
    /** Who changed what nobody asked for. */
    static final String MACHINE = "vinestock";

    /** The alarm that the ACTIVE was taken away. */
    static final String REMOVED = "active-removed";

    /** The alarm that a strategy is kept from running because of what it did. */
    static final String QUARANTINED = "quarantined";

    final StandingLog log;
    final Alarms alarms;
    final Lane lane;
    private final NavigableMap<String, Post> posts = new TreeMap<>();
    private volatile NavigableMap<String, List<Standing>> standings = Collections.emptyNavigableMap();
    /** Whether those that were there before may still be on their way, so that nobody need be told that they are absent. */
    private boolean expecting;

    /** Makes those that were kept. {@code lane}: where stages are continued. */
    Posts(StandingLog log, Alarms alarms, Lane lane) {
        this.log = log;
        this.alarms = alarms;
        this.lane = lane;
        for (Standing kept : log.former()) {
            post(kept.ref().point()).bench.put(kept);
            expecting = true;
        }
        publish();
    }

    /** The post of a point; a new one if it is unknown. */
    Post post(String point) {
        return posts.computeIfAbsent(point, name -> new Post(name, alarms, lane));
    }

    @Nullable
    Post get(String point) {
        return posts.get(point);
    }

    Collection<Post> all() {
        return posts.values();
    }

    /**
     * The post of a point that a person named.
     *
     * @throws IllegalArgumentException saying what is accepted
     */
    Post known(String point) {
        Post post = posts.get(point);
        if (post == null) {
            throw new IllegalArgumentException(
                    "point: \"" + point + "\" is unknown; accepted: " + String.join(", ", posts.keySet()));
        }
        return post;
    }

    /** What is known of a strategy; null if nothing is. */
    @Nullable
    Standing standing(StrategyRef ref) {
        Post post = posts.get(ref.point());
        return post == null ? null : post.bench.get(ref);
    }

    /** The strategies of each point, by its name; any thread. */
    NavigableMap<String, List<Standing>> standings() {
        return standings;
    }

    /** Nobody is on the way any more. */
    void settled() {
        expecting = false;
        posts.values().forEach(post -> post.tellAbsence(false));
    }

    /** Seats everybody of a point as they stand, and shows it; completes when those who were let go have ended. */
    CompletionStage<Void> seat(Post post) {
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

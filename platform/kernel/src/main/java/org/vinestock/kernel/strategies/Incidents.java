package org.vinestock.kernel.strategies;

import org.jspecify.annotations.Nullable;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.turn.StrategyEvents;

/** What happens to strategies while they are asked, and what becomes of them by it. From any thread. */
final class Incidents implements StrategyEvents {
    private final Posts posts;
    private final CanaryRuns trials;

    Incidents(Posts posts, CanaryRuns trials) {
        this.posts = posts;
        this.trials = trials;
    }

    @Override
    public void breakerOpened(StrategyRef strategy, String because) {
        posts.alarms.raise(
                strategy.toString(),
                "breaker-open",
                because + "; the fallback answers meanwhile, roll back with strategy:rollback " + strategy.point());
        posts.lane.execute(() -> {
            synchronized (posts) {
                trials.abort(strategy, "its breaker opened, " + because);
            }
        });
    }

    @Override
    public void breakerClosed(StrategyRef strategy) {
        posts.alarms.clear(strategy.toString(), "breaker-open");
    }

    @Override
    public void stuck(StrategyRef strategy, String because, String thread, String stack) {
        quarantine(strategy, because + " in thread " + thread, "thread " + thread + "\n" + stack);
    }

    /** Keeps a strategy from running because of what it did. {@code thread}: the one that does not return, and where it is. */
    void quarantine(StrategyRef ref, String because, @Nullable String thread) {
        synchronized (posts) {
            Post post = posts.get(ref.point());
            Standing known = posts.standing(ref);
            if (post == null || known == null || known.kept() == StrategyState.QUARANTINED) {
                return;
            }
            Standing out = thread == null ? known : known.stuckAt(thread);
            post.bench.put(out);
            posts.log.keep(post.bench.takeOut(out, StrategyState.QUARANTINED, because), Posts.MACHINE);
            posts.alarms.raise(ref.toString(), Posts.QUARANTINED, because + "; deploy a repaired version");
            if (thread == null) {
                posts.seat(post);
            } else {
                post.abandon(ref, () -> posts.seat(post));
            }
        }
    }
}

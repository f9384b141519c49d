package org.vinestock.kernel.strategies;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.vinestock.kernel.alarm.Alarms;

/** What is chosen of strategies, mostly by people: who decides and who does no longer. Called under the monitor of the posts. */
final class Choices {
    private final Posts posts;
    private final LongSupplier lost;

    /** {@code lost}: how many questions were lost so far, of all points. */
    Choices(Posts posts, LongSupplier lost) {
        this.posts = posts;
        this.lost = lost;
    }

    /** Lets a strategy decide; the one that did becomes STANDBY. */
    CompletionStage<String> promote(Post post, Standing promoted, String why, String by) {
        Standing former = post.bench.active();
        String stays = former == null || former.ref().equals(promoted.ref())
                ? ""
                : ", " + former.shortName() + (former.offer() == null ? " is ABSENT" : " stays warm");
        return change(post, bench -> bench.promote(promoted, why), by, false, "ACTIVE" + stays);
    }

    /** Lets the STANDBY decide, whatever the ACTIVE is doing. */
    CompletionStage<String> rollback(Post post, String by) {
        Standing standby = post.bench.mayFollow();
        Standing active = post.bench.active();
        String message = standby.shortName() + " is ACTIVE again"
                + (active == null ? "" : ", " + active.shortName() + " is SHADOW");
        return change(post, bench -> bench.rollback("rolled back by " + by), by, true, message);
    }

    /** Takes a strategy out. */
    CompletionStage<String> retire(Post post, Standing retired, String by) {
        return change(
                post, bench -> bench.takeOut(retired, StrategyState.RETIRED, "retired by " + by), by, true, "RETIRED");
    }

    /**
     * Changes states; says in words what came of it, when it is durable.
     *
     * @param takeAway whether a call that hangs is not waited for
     */
    CompletionStage<String> change(
            Post post, Function<Bench, List<Standing>> change, String by, boolean takeAway, String message) {
        long before = lost.getAsLong();
        List<Standing> changed = change.apply(post.bench);
        Alarms alarms = posts.alarms;
        if (!by.equals(Posts.MACHINE)) {
            for (Standing each : post.bench.all()) {
                alarms.clear(each.ref().toString(), Posts.REMOVED); // somebody has decided since
            }
        }
        for (Standing each : changed) {
            alarms.clear(each.ref().toString(), "breaker-open");
            alarms.clear(each.ref().toString(), Posts.QUARANTINED);
            alarms.clear(each.ref().toString(), CanaryRuns.ENDED);
            post.resetBreaker(each.ref());
        }
        posts.seat(post);
        if (takeAway) {
            post.takeAway();
        }
        return posts.log
                .keep(changed, by)
                .thenCombineAsync(
                        post.fence(),
                        (done, reached) -> message + ", " + (lost.getAsLong() - before) + " calls lost",
                        posts.lane);
    }
}

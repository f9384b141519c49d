package org.vinestock.kernel.strategies;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.canary.CanaryRun;
import org.vinestock.kernel.canary.Side;
import org.vinestock.kernel.canary.Terms;
import org.vinestock.kernel.canary.Then;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Scheduler;
import org.vinestock.view.InWords;

/**
 * Begins trials, looks at their conditions after questions that they count and ends them, at the latest when their time is
 * over. Terms are kept across restarts; what was counted is not. Called under the monitor of the posts.
 */
final class CanaryRuns {
    /** The alarm that says why a trial ended otherwise than it was meant to. */
    static final String ENDED = "canary-ended";

    private final Posts posts;
    private final Choices choices;
    private final Scheduler scheduler;

    /** Goes on with those that were under way when an earlier process ended. */
    CanaryRuns(Posts posts, Choices choices, Scheduler scheduler) {
        this.posts = posts;
        this.choices = choices;
        this.scheduler = scheduler;
        for (Post post : posts.all()) {
            Standing tried = post.bench.canary();
            Terms terms = tried == null ? null : posts.log.terms(tried.ref());
            if (tried != null && terms != null) {
                post.trial(watched(tried.ref(), terms));
            } else if (tried != null) {
                posts.log.keep(post.bench.endTrial(tried, "its terms were not kept"), Posts.MACHINE);
            }
        }
    }

    /** Lets a strategy decide about some of the subjects. */
    CompletionStage<String> begin(Post post, Standing tried, Terms terms, String by) {
        Standing active = post.bench.active();
        String others = active == null ? "the fallback" : active.shortName();
        String message = "CANARY: " + terms.text() + "; " + others + " decides about the others";
        return choices.change(
                post,
                bench -> {
                    var changed = bench.tryOut(tried, "canary by " + by + ": " + terms.text());
                    posts.log.keep(tried.ref(), terms, by);
                    post.trial(watched(tried.ref(), terms));
                    return changed;
                },
                by,
                false,
                message);
    }

    /** Ends the trial of a strategy because a person says so; one that is not tried stays as it is. */
    CompletionStage<String> end(Post post, Standing tried, String by) {
        CanaryRun trial = post.trial();
        String report = trial == null ? "" : ": " + trial.report();
        Standing active = post.bench.active();
        String message = tried.shortName() + " is SHADOW again, "
                + (active == null ? "the fallback" : active.shortName()) + " decides about all";
        return choices.change(
                post, bench -> bench.endTrial(tried, "canary ended by " + by + report), by, true, message);
    }

    /** Ends the trial of a strategy, if there is one, and raises an alarm. */
    void abort(StrategyRef ref, String because) {
        Post post = posts.get(ref.point());
        CanaryRun trial = post == null ? null : post.trial();
        if (post != null && trial != null && trial.strategy().equals(ref)) {
            abort(post, trial, because);
        }
    }

    /** The clock was stepped: how long they last is kept by the new time. */
    void clockStepped() {
        for (Post post : posts.all()) {
            CanaryRun trial = post.trial();
            if (trial != null) {
                trial.clockStepped(scheduler.instant(), scheduler.nanoTime());
                posts.log.keep(trial.strategy(), trial.terms(), Posts.MACHINE);
            }
        }
    }

    private void abort(Post post, CanaryRun trial, String because) {
        Standing tried = post.bench.canary();
        if (tried == null) {
            return;
        }
        Duration lasted = Duration.between(trial.terms().since(), scheduler.instant());
        String why = "canary ended after " + InWords.duration(lasted) + ": " + because;
        back(post, tried, why + "; " + trial.report());
        Standing active = post.bench.active();
        posts.alarms.raise(
                trial.strategy().toString(),
                ENDED,
                why + "; it is SHADOW again, " + (active == null ? "the fallback" : active.shortName())
                        + " decides about all; " + trial.report());
    }

    private void back(Post post, Standing tried, String why) {
        CompletionStage<String> unused =
                choices.change(post, bench -> bench.endTrial(tried, why), Posts.MACHINE, true, "");
    }

    private CanaryRun watched(StrategyRef ref, Terms terms) {
        Side canary = new Side(new Look(ref.point()));
        CanaryRun trial =
                new CanaryRun(ref, terms, scheduler.instant(), scheduler.nanoTime(), canary, new Side(() -> {}));
        Duration left = Duration.between(scheduler.instant(), terms.until());
        Cancellable unused = scheduler.after(left.isNegative() ? Duration.ZERO : left, posts.lane, () -> over(trial));
        return trial;
    }

    private void over(CanaryRun trial) {
        synchronized (posts) {
            Post post = posts.get(trial.strategy().point());
            Standing tried = post == null ? null : post.bench.canary();
            if (post == null || tried == null || !trial.equals(post.trial())) {
                return; // it ended before
            }
            @Nullable String broken = trial.broken();
            if (broken != null) {
                abort(post, trial, broken);
            } else if (trial.terms().then() == Then.SHADOW) {
                back(post, tried, "canary over: " + trial.report());
            } else if (trial.judgeable() && tried.state() == StrategyState.CANARY) {
                CompletionStage<String> unused =
                        choices.promote(post, tried, "promoted after its canary: " + trial.report(), Posts.MACHINE);
            } else {
                abort(
                        post,
                        trial,
                        "not promoted, it was asked " + trial.canary().asked() + " of the "
                                + trial.terms().sample() + " questions that it takes to be judged");
            }
        }
    }

    /** Looks at a point's trial soon, once for several questions if they come faster. */
    private final class Look implements Runnable {
        private final String point;
        private final AtomicBoolean given = new AtomicBoolean();

        Look(String point) {
            this.point = point;
        }

        @Override
        public void run() {
            if (given.compareAndSet(false, true)) {
                posts.lane.execute(() -> {
                    given.set(false);
                    look();
                });
            }
        }

        private void look() {
            synchronized (posts) {
                Post post = posts.get(point);
                CanaryRun trial = post == null ? null : post.trial();
                String broken = trial == null ? null : trial.broken();
                if (post != null && trial != null && broken != null) {
                    abort(post, trial, broken);
                }
            }
        }
    }
}

package org.vinestock.simulation.hosts;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.HostReport;
import org.vinestock.model.HostId;
import org.vinestock.time.Scheduler;

/** What is between the control plane and one host: quick and sound, unless a story disturbs it for a while. */
final class Wire {
    private static final int ALL = 100;
    private static final Duration LATEST_DOUBLE = Duration.ofSeconds(20);
    private static final Duration OLDEST_REPORT = Duration.ofSeconds(15);

    private final Scheduler world;
    private final RandomGenerator random;
    private long disturbedUntil = -1;
    private long cutUntil = -1;
    private long staleUntil = -1;
    private long troubledUntil = -1;
    private Duration slow = Duration.ZERO;
    private int lostPercent;
    private int doubledPercent;
    private @Nullable HostReport report;
    private long reportedAt;

    Wire(Scheduler world, HostId host) {
        this.world = world;
        random = world.random("wire of " + host);
    }

    private long now() {
        return world.nanoTime();
    }

    void disturb(Duration lasts, Duration slowest, int lost, int doubled) {
        disturbedUntil = now() + lasts.toNanos();
        slow = slowest;
        lostPercent = lost;
        doubledPercent = doubled;
        trouble(disturbedUntil);
    }

    void cut(Duration lasts) {
        cutUntil = now() + lasts.toNanos();
        trouble(cutUntil);
    }

    void stale(Duration lasts) {
        staleUntil = now() + lasts.toNanos();
    }

    /** Makes it sound again. */
    void mend() {
        disturbedUntil = -1;
        cutUntil = -1;
        staleUntil = -1;
    }

    /** Notes that the host may rightly be taken for down up to some time. */
    void trouble(long until) {
        troubledUntil = Math.max(troubledUntil, until);
    }

    /** Whether the host, or the way to it, was in trouble not longer ago than this. */
    boolean troubledWithin(Duration time) {
        return now() - troubledUntil <= time.toNanos() && troubledUntil >= 0;
    }

    boolean isCut() {
        return now() < cutUntil;
    }

    /** Whether messages may be slow, lost or doubled now. */
    boolean isDisturbed() {
        return now() < disturbedUntil || isCut();
    }

    /** Whether the next message is lost. */
    boolean loses() {
        return isCut() || (now() < disturbedUntil && random.nextInt(ALL) < lostPercent);
    }

    /** Whether the next message comes twice. */
    boolean doubles() {
        return now() < disturbedUntil && random.nextInt(ALL) < doubledPercent;
    }

    /** How long the next message is on its way. */
    Duration delay() {
        return now() < disturbedUntil && !slow.isZero()
                ? Duration.ofNanos(random.nextLong(slow.toNanos() + 1))
                : Duration.ZERO;
    }

    /** How much later a doubled message comes. */
    Duration doubledAfter() {
        return random.nextInt(3) == 0 ? Duration.ZERO : Duration.ofNanos(random.nextLong(LATEST_DOUBLE.toNanos()));
    }

    /** What the host reports: what is so now, or, while it is stale, what was so a while ago. */
    HostReport reported(HostReport now) {
        boolean old = now() < staleUntil && now() - reportedAt < OLDEST_REPORT.toNanos();
        if (!old || report == null) {
            report = now;
            reportedAt = now();
        }
        return report;
    }
}

package org.vinestock.kernel.schedule;

import java.time.Duration;

/** Nanoseconds of durations; what does not fit into a long, some 292 years, counts as that long. */
final class Nanos {
    static final long MAX = Long.MAX_VALUE / 2;

    private static final Duration LONGEST = Duration.ofNanos(MAX);

    private Nanos() {}

    /** Returns 0 for a negative duration. */
    static long of(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return duration.compareTo(LONGEST) >= 0 ? MAX : duration.toNanos();
    }
}

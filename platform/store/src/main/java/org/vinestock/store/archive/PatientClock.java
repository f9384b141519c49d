package org.vinestock.store.archive;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock that tells how old things are: while this process lives no step of the real one forwards makes anything older, so
 * that nobody loses what he wanted to keep for days because the clock was wrong for a minute. A step back is followed at
 * once, and what it makes younger stays longer. Any thread.
 */
public final class PatientClock implements InstantSource {
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Instant begun;
    private final long begunNanos;

    /** Makes one. {@code nanos}: such as {@code System.nanoTime}. */
    public PatientClock(InstantSource clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        begun = clock.instant();
        begunNanos = nanos.getAsLong();
    }

    @Override
    public Instant instant() {
        Instant passed = begun.plusNanos(nanos.getAsLong() - begunNanos);
        Instant now = clock.instant();
        return now.isBefore(passed) ? now : passed;
    }
}

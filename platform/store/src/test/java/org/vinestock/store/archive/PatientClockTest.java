package org.vinestock.store.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A clock that makes nothing older at a step. */
class PatientClockTest {
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    private Instant clock = START;
    private long nanos = 17;
    private final PatientClock patient = new PatientClock(() -> clock, () -> nanos);

    private void pass(Duration time) {
        clock = clock.plus(time);
        nanos += time.toNanos();
    }

    @Test
    void followsAClockThatGoes() {
        pass(Duration.ofDays(20));
        assertEquals(START.plus(Duration.ofDays(20)), patient.instant());
    }

    @Test
    void aStepForwardMakesNothingOlder() {
        clock = clock.plus(Duration.ofDays(400));
        pass(Duration.ofHours(1));
        assertEquals(START.plus(Duration.ofHours(1)), patient.instant());
    }

    @Test
    void aStepBackIsFollowedAndItsCorrectionToo() {
        clock = clock.minus(Duration.ofHours(5));
        pass(Duration.ofHours(1));
        assertEquals(START.minus(Duration.ofHours(4)), patient.instant());
        clock = clock.plus(Duration.ofHours(5));
        assertEquals(START.plus(Duration.ofHours(1)), patient.instant());
    }
}

package org.vinestock.dataplane.engine.nbd.transmit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PacerTest {
    private static final long LONGEST = 200_000;

    /** A client that always has so many outstanding, and sends one in so many nanoseconds. */
    private static int rests(Pacer pacer, int outstanding, int nanosEach, int batches) {
        int rests = 0;
        int come = 1;
        for (int i = 0; i < batches; i++) {
            if (pacer.decide(come)) {
                rests++;
                come = (int) Math.min(outstanding, 1 + pacer.restNanos() / nanosEach);
            } else {
                come = Math.min(outstanding, 2);
            }
        }
        return rests;
    }

    @Test
    void neverRestsForASingleRequest() {
        assertFalse(rests(new Pacer(LONGEST), 1, 1000, 10_000) > 0);
    }

    @Test
    void seldomRestsForAFew() {
        assertTrue(rests(new Pacer(LONGEST), 8, 1000, 10_000) < 300);
    }

    @Test
    void restsForManyAboutAsLongAsHalfOfThemTake() {
        Pacer pacer = new Pacer(LONGEST);
        assertTrue(rests(pacer, 64, 5000, 10_000) > 9_900);
        assertTrue(pacer.restNanos() > 10 * 5000 && pacer.restNanos() < 45 * 5000, "rests " + pacer.restNanos());
    }

    @Test
    void neverRestsWhenTold() {
        assertFalse(rests(new Pacer(0), 64, 1000, 10_000) > 0);
    }

    @Test
    void triesAgainWhenAClientBeginsToSendMore() {
        Pacer pacer = new Pacer(LONGEST);
        rests(pacer, 8, 1000, 10_000);
        assertTrue(rests(pacer, 64, 1000, 10_000) > 5_000);
    }
}

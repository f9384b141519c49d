package org.vinestock.kernel.turn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who sits where at a point; replaced as a whole.
 *
 * @param answering who answers; null = the fallback
 * @param instead why that is not the active strategy; null if it is
 * @param shadows who is asked afterwards
 * @param called everyone who may be in a call, for the watch
 */
record Seats<Q extends Record, A, O extends Record>(
        @Nullable Contender<Q, A, O> answering,
        @Nullable String instead,
        List<Shadow<Q, A, O>> shadows,
        List<Contender<Q, A, O>> called) {}

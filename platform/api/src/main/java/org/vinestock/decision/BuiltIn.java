package org.vinestock.decision;

import java.util.function.Supplier;

/**
 * A strategy that comes with an area and is trusted to run inline.
 *
 * @param name how it decides, such as {@code best-fit}
 * @param version such as {@code 1.0}
 * @param fresh makes an instance for one use
 * @param first whether it is active at a point where nobody has chosen yet; one of a point
 */
public record BuiltIn<Q extends Record, A, O extends Record>(
        DecisionPoint<Q, A, O> point,
        String name,
        String version,
        Supplier<? extends Strategy<Q, A, O>> fresh,
        boolean first) {}

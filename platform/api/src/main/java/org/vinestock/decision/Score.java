package org.vinestock.decision;

import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.inventory.Snapshot;

/**
 * What the answers of a point are worth when strategies are compared, each alone in a site of its own. The platform counts by
 * it; no strategy has a say. What is turned away counts first, then what is used up on average; less is better.
 *
 * <p><b>Calls.</b> On any thread; functions without side effects.
 */
@ConsumerType
public interface Score<Q extends Record, A> {
    /** What answers use up, in the plural, such as {@code hosts in use}. */
    String uses();

    /** How much of it is used up in a state of the site. */
    long used(Snapshot snapshot);

    /** Whether a choice turns its question away. */
    boolean refuses(A choice);

    /** Whether a choice moves what had its place already. */
    boolean moves(Q question, A choice);
}

package org.vinestock.machines;

/** A capability, or why there is none. */
public sealed interface Offer<C> {
    /** Here it is. */
    record Present<C>(C capability) implements Offer<C> {}

    /** The host cannot; {@code because} is a sentence for people. */
    record Missing<C>(String because) implements Offer<C> {}
}

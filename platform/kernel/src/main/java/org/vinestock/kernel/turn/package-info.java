/**
 * Asks strategies, checks what they answer and reserves it: one turn of a decision point after the other.
 *
 * <p>{@link org.vinestock.kernel.turn.Turns} is the heart: who holds a point's turn, and how it passes between the
 * caller's thread, the point's lane and a strategy's worker. Read it first, then {@link
 * org.vinestock.kernel.turn.Settlement}.
 */
@NullMarked
package org.vinestock.kernel.turn;

import org.jspecify.annotations.NullMarked;

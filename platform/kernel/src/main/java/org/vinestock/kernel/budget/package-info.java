/**
 * Bounds what valid answers do together: how many restarts, moves and hosts off at once and in an hour. Read {@link
 * org.vinestock.kernel.budget.Budgets} first.
 */
@NullMarked
package org.vinestock.kernel.budget;

import org.jspecify.annotations.NullMarked;

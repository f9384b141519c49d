/**
 * The life of strategies: which are known, which decides, which watches; kept across restarts. Read {@link
 * org.vinestock.kernel.strategies.StrategyState} first, then {@link org.vinestock.kernel.strategies.Roster}.
 */
@NullMarked
package org.vinestock.kernel.strategies;

import org.jspecify.annotations.NullMarked;

/**
 * Asks a strategy what was asked before: recorded questions on the states that they were asked on. Read {@link
 * org.vinestock.kernel.replay.ReplayRun} first.
 */
@NullMarked
package org.vinestock.kernel.replay;

import org.jspecify.annotations.NullMarked;

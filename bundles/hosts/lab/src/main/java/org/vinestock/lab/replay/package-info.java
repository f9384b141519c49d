/**
 * Recorded arrivals, replayed in a twin beside the live site. Read {@link org.vinestock.lab.replay.ArrivalTrace} for the
 * format and {@link org.vinestock.lab.replay.ReplayRun} for what is driven.
 */
@NullMarked
package org.vinestock.lab.replay;

import org.jspecify.annotations.NullMarked;

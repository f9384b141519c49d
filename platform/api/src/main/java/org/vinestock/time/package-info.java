/**
 * Time, threads and chance, from one injected source.
 *
 * <p>All asynchronous work of Vinestock is a task on a {@link org.vinestock.time.Lane} or a timer of the {@link
 * org.vinestock.time.Scheduler}. In production lanes run on a bounded pool; in simulation one thread draws ready lanes by
 * a seed and time jumps to the next timer. Read {@link org.vinestock.time.Scheduler} first.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.time;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

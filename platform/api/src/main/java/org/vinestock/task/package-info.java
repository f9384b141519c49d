/**
 * Operations as they run: starting, watching and cancelling tasks. Read {@link org.vinestock.task.Operations} first.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.task;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

/**
 * Whole sites in simulated time: scheduler, inventory, decisions, tasks and areas, all under one seed, on the caller's
 * thread. Read {@link org.vinestock.testkit.simulation.Simulation} first.
 */
@Version("0.1.0")
@NullMarked
package org.vinestock.testkit.simulation;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

/** Faults that are planted, so that the invariants prove that they can fail. */
@NullMarked
package org.vinestock.simulation.fault;

import org.jspecify.annotations.NullMarked;

/** The played hosts and the wires between them and the control plane; they outlive it. */
@NullMarked
package org.vinestock.simulation.hosts;

import org.jspecify.annotations.NullMarked;

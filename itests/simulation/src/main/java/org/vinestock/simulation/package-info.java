/**
 * Stories of small sites, told by a seed: VMs come and go, hosts, messages, strategies and the control plane itself fail, and
 * what must always hold is looked at after every event. Read {@link org.vinestock.simulation.Story} first, then {@link
 * org.vinestock.simulation.Telling}.
 */
@NullMarked
package org.vinestock.simulation;

import org.jspecify.annotations.NullMarked;

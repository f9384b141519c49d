package org.vinestock.placement;

import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.decision.Strategy;

/**
 * Chooses the host that a VM goes to.
 *
 * <ul>
 *   <li>The host has room for the VM, counting what should be there and what is: {@link HostScan} says which ones have.
 *   <li>It is up, not in maintenance, in the cluster that was asked for, not among those to avoid and, if some are
 *       asked for by name, one of them.
 *   <li>No placement rule is broken by it.
 *   <li>If no host is left, the answer is {@link Placement.Refused}; otherwise it never is.
 *   <li>The same questions in the same order get the same answers.
 * </ul>
 *
 * <p>The platform checks all of this but the last two before it reserves the place: an answer that breaks it does no harm,
 * is counted, and the fallback answers instead.
 *
 * <p><b>Calls.</b> Once for each VM that is created or restarted, up to some thousand times a second, with the newest
 * snapshot; the answer is due within {@link Placements#DEADLINE}. A snapshot need not differ from the one before, and
 * several changes may lie between two.
 *
 * <p><b>State.</b> An instance may keep an index, built from a snapshot and kept up to date with {@code changesSince}; it
 * learns from outcomes, and forgets a VM on {@link #forget}.
 *
 * <p><b>Failure.</b> A throw or a late answer is counted, and the fallback (the first host that fits) answers.
 *
 * <p>Must pass {@link org.vinestock.placement.contract.PlacementContract}.
 */
@ConsumerType
public interface PlacementStrategy extends Strategy<PlacementQuestion, Placement, PlacementOutcome> {}

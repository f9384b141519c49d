package org.vinestock.decision;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.Violation;

/**
 * Says what an answer may never do. The platform asks every guardrail of a point about every answer, whoever gave it, in
 * the turn that reserves what was decided. A function: no state, no clock, no I/O.
 */
@ConsumerType
@FunctionalInterface
public interface Guardrail<Q, A> {
    /** Returns what is wrong with {@code choice}; empty = nothing. Must not throw on any choice of the right type. */
    List<Violation> check(Q question, A choice, Snapshot now);
}

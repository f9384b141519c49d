package org.vinestock.decision;

import java.time.Instant;
import org.vinestock.model.ObjectId;

/** What became of a decision, told later by whoever acted on it. */
public record Outcome<O extends Record>(DecisionId decision, ObjectId subject, Instant at, O value) {}

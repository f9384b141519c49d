package org.vinestock.kernel.turn;

import java.time.Instant;
import org.vinestock.decision.Budget;
import org.vinestock.decision.Context;
import org.vinestock.inventory.Snapshot;

/** What a question is answered from. */
record QuestionContext(Snapshot snapshot, Instant askedAt, Budget budget) implements Context {}

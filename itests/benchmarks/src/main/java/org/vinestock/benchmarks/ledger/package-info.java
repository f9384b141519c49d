/** Figures of the ledger: what a decision takes on disk, and how quickly decisions are replayed. */
@NullMarked
package org.vinestock.benchmarks.ledger;

import org.jspecify.annotations.NullMarked;

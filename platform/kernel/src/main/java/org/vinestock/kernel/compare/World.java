package org.vinestock.kernel.compare;

import org.vinestock.area.Twin;
import org.vinestock.kernel.ledger.Ledger;

/**
 * A twin in which a strategy is measured.
 *
 * @param ledger of the twin
 */
public record World(Twin twin, Ledger ledger, Tried tried) {
    /** Ends it. */
    public void close() {
        twin.close();
        tried.close();
    }
}

/**
 * Records decisions, off the path of whoever asked, and explains them. Read {@link org.vinestock.kernel.ledger.Ledger}
 * first.
 */
@NullMarked
package org.vinestock.kernel.ledger;

import org.jspecify.annotations.NullMarked;

/** The ledger as a file of JSON, a decision a line, for other programs. */
@NullMarked
package org.vinestock.kernel.export;

import org.jspecify.annotations.NullMarked;

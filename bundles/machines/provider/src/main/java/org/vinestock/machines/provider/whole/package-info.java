/** The site as a whole: what of it people decide on, and what may be wrong with it. */
@NullMarked
package org.vinestock.machines.provider.whole;

import org.jspecify.annotations.NullMarked;

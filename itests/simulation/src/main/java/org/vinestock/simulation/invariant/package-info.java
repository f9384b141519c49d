/** What must hold in a site whatever happens, looked at without the code that has to keep it. */
@NullMarked
package org.vinestock.simulation.invariant;

import org.jspecify.annotations.NullMarked;

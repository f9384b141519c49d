/** Follows what hosts report: one reader a host, which writes the observed rows. */
@NullMarked
package org.vinestock.machines.provider.fleet;

import org.jspecify.annotations.NullMarked;

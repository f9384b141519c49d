/** Hosts that people add and remove. */
@NullMarked
package org.vinestock.machines.provider.host;

import org.jspecify.annotations.NullMarked;

/** What VMs print and show. */
@NullMarked
package org.vinestock.machines.provider.console;

import org.jspecify.annotations.NullMarked;

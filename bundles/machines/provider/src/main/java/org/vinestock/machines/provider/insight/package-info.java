/** What VMs that run say of themselves. */
@NullMarked
package org.vinestock.machines.provider.insight;

import org.jspecify.annotations.NullMarked;

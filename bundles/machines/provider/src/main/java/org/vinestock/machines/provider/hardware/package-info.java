/** What VMs are built of: from what people ask for, and which hosts can take it. */
@NullMarked
package org.vinestock.machines.provider.hardware;

import org.jspecify.annotations.NullMarked;

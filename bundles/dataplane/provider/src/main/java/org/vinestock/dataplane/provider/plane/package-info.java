/** The services of the data plane, as questions to the process. */
@NullMarked
package org.vinestock.dataplane.provider.plane;

import org.jspecify.annotations.NullMarked;

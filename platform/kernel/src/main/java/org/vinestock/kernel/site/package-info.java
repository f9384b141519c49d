/**
 * Puts a site together: scheduler, inventory, decisions, tasks and the areas that come and go, live in the container or
 * as a twin in simulated time. Read {@link org.vinestock.kernel.site.ControlPlane} first.
 */
@NullMarked
package org.vinestock.kernel.site;

import org.jspecify.annotations.NullMarked;

/**
 * Acting: operations run as tasks of recorded steps under leases, and controllers name the operations that the machine
 * runs by itself. Read {@link org.vinestock.kernel.act.TaskEngine} first.
 */
@NullMarked
package org.vinestock.kernel.act;

import org.jspecify.annotations.NullMarked;

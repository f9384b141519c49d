/** What there is to call: operations and views by scope, tasks to wait for, failures in words. */
@NullMarked
package org.vinestock.surfaces.site;

import org.jspecify.annotations.NullMarked;

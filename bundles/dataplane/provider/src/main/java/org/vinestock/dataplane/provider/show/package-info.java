/** What people see of the data plane, and its restart. */
@NullMarked
package org.vinestock.dataplane.provider.show;

import org.jspecify.annotations.NullMarked;

/** The data planes of the hosts, as steps and views use them. */
@NullMarked
package org.vinestock.disk.provider.plane;

import org.jspecify.annotations.NullMarked;

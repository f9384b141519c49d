/** The area of disks: operations, views, steps and what keeps served what should be. */
@NullMarked
package org.vinestock.disk.provider;

import org.jspecify.annotations.NullMarked;

/** CDs that are made here. */
@NullMarked
package org.vinestock.disk.provider.cd;

import org.jspecify.annotations.NullMarked;

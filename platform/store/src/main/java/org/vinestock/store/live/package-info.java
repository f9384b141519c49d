/** The store of the container: which one there is, opened, and opened anew when it was lost. */
@NullMarked
package org.vinestock.store.live;

import org.jspecify.annotations.NullMarked;

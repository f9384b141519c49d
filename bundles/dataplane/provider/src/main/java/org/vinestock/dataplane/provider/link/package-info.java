/** The connection to the process: started if there is none, found again after it died, replaced if it is of another version. */
@NullMarked
package org.vinestock.dataplane.provider.link;

import org.jspecify.annotations.NullMarked;

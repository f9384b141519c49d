/**
 * The played site: hosts that are state machines with loads, on a clock that can be made faster. Read {@link
 * org.vinestock.lab.site.LabSite} first.
 */
@NullMarked
package org.vinestock.lab.site;

import org.jspecify.annotations.NullMarked;

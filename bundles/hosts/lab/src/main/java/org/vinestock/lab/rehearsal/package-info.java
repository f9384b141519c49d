/**
 * Rehearsals: what would become of this site's VMs if a part of it failed, tried in a twin. Read {@link
 * org.vinestock.lab.rehearsal.Rehearsal} first.
 */
@NullMarked
package org.vinestock.lab.rehearsal;

import org.jspecify.annotations.NullMarked;

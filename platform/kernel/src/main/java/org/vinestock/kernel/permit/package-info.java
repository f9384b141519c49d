/**
 * How far the machine may go by itself: each function of a cluster observes, advises or acts. Read {@link
 * org.vinestock.kernel.permit.Mode} first.
 */
@NullMarked
package org.vinestock.kernel.permit;

import org.jspecify.annotations.NullMarked;

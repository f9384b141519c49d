/**
 * Server-sent events of what changes and what is decided. {@link org.vinestock.surfaces.events.EventStream} says what a
 * listener is told; it knows nothing of servlets.
 */
@NullMarked
package org.vinestock.surfaces.events;

import org.jspecify.annotations.NullMarked;

/**
 * How an area is built: its provider registers one {@link org.vinestock.area.Area}, which builds its object graph on a
 * {@link org.vinestock.area.Platform}: in the container, in tests and in twins alike. Read {@link
 * org.vinestock.area.Area} first.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.area;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

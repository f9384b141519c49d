/** What everything that is served over HTTP has in common: who is let in, JSON, problems by RFC 9457, {@code /health}. */
@NullMarked
package org.vinestock.surfaces.http;

import org.jspecify.annotations.NullMarked;

/** A real PostgreSQL for tests. */
@Version("1.0.0")
@NullMarked
package org.vinestock.testkit.postgres;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

/** Builds whole sites in simulated time. */
@Export
@Version("0.1.0")
@NullMarked
package org.vinestock.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/**
 * For tests, ours and vendors': seeds that replay, contracts as JUnit tests, snapshots and contexts by hand, whole sites
 * in simulated time. Read {@link org.vinestock.testkit.Seeds} and {@link org.vinestock.testkit.Contracts} first.
 */
@Version("0.1.0")
@NullMarked
package org.vinestock.testkit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

/**
 * Who did what when with what result: rows that are only ever added, each with a hash over the one before. Read {@link
 * org.vinestock.audit.Audit} first.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.audit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

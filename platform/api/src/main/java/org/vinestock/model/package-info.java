/**
 * The values that every area shares: ids, kinds of rows, labels, sizes, leases, violations, errors.
 *
 * <p>Read {@link org.vinestock.model.ObjectId} and {@link org.vinestock.model.Kind} first.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.model;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

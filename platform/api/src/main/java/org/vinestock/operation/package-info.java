/**
 * What an area contributes to acting: operations, the steps that carry them out, and controllers.
 *
 * <p>Shell commands, REST resources and forms are derived from these. Read {@link org.vinestock.operation.Operation}
 * first.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.operation;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

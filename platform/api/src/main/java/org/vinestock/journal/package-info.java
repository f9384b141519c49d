/**
 * What is kept beside the inventory, by the same writer: texts in streams, such as what tasks did. See {@link
 * org.vinestock.journal.Journal}.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.journal;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

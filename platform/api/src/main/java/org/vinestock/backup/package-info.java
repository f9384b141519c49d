/** Backups of a home while it is used. Read {@link org.vinestock.backup.Backups} first. */
@Version("1.0.0")
@NullMarked
package org.vinestock.backup;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

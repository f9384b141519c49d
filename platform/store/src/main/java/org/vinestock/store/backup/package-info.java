/**
 * Backups of a home: one file with everything that cannot be had again, and its way back. Read {@link
 * org.vinestock.store.backup.BackupFile} first.
 */
@NullMarked
package org.vinestock.store.backup;

import org.jspecify.annotations.NullMarked;

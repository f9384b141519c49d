/**
 * Archives in SQL, in H2 or PostgreSQL, in a file or schema of their own.
 *
 * <p>{@link org.vinestock.store.archive.SqlArchives} has the one thread that writes: every 200 ms what was given since, in
 * compressed blocks of some hundred lines. {@link org.vinestock.store.archive.SqlArchive} is one stream: it knows its
 * blocks, but not what is in them.
 */
@NullMarked
package org.vinestock.store.archive;

import org.jspecify.annotations.NullMarked;

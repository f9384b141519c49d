/**
 * Snapshots as persistent structures: rows in trees, hosts in columns; two neighbouring revisions share all but a few
 * small arrays. Read {@link org.vinestock.store.snapshot.SiteSnapshot} first.
 */
@NullMarked
package org.vinestock.store.snapshot;

import org.jspecify.annotations.NullMarked;

/**
 * Snapshots and how change sets make the next one: what every store shares, wherever it keeps its changes.
 *
 * <p>{@link org.vinestock.store.snapshot.SnapshotWriter} is the one writer's state: it checks and numbers. {@link
 * org.vinestock.store.snapshot.SiteSnapshot} is what it makes: rows in persistent trees, hosts in persistent columns;
 * two neighbouring revisions share all but a few small arrays.
 */
@NullMarked
package org.vinestock.store.snapshot;

import org.jspecify.annotations.NullMarked;

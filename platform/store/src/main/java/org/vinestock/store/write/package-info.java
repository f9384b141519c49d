/**
 * The one writer of an inventory: what every store shares, wherever it keeps its changes.
 *
 * <p>{@link org.vinestock.store.write.SnapshotWriter} checks change sets, numbers them and makes the next snapshot; {@link
 * org.vinestock.store.write.History} keeps former states, {@link org.vinestock.store.write.Wakes} tells who waits for a
 * change.
 */
@NullMarked
package org.vinestock.store.write;

import org.jspecify.annotations.NullMarked;

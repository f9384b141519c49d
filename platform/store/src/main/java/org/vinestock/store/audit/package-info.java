/**
 * The audit's chain: how rows are hashed, how their end is anchored outside of the database, how a break is found. Read
 * {@link org.vinestock.store.audit.AuditChain} first.
 */
@NullMarked
package org.vinestock.store.audit;

import org.jspecify.annotations.NullMarked;

/**
 * The store that keeps everything in SQL, in H2 or PostgreSQL.
 *
 * <p>{@link org.vinestock.store.sql.SqlStore} opens it: a {@link org.vinestock.store.sql.Leadership leader} loads the site
 * from the newest checkpoint and the changes after it; one thread, the {@link org.vinestock.store.sql.GroupWriter}, writes
 * whatever waits in one transaction. If that fails the store is lost: it is closed, and opened anew from what is durable.
 */
@NullMarked
package org.vinestock.store.sql;

import org.jspecify.annotations.NullMarked;

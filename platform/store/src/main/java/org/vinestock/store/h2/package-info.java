/**
 * What the store adds to H2's file of a database: {@link org.vinestock.store.h2.FileUpkeep} keeps it small while it is
 * written, {@link org.vinestock.store.h2.DurablePath} has each write on the disk before the next one begins.
 */
@NullMarked
package org.vinestock.store.h2;

import org.jspecify.annotations.NullMarked;

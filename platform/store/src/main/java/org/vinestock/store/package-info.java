/** Keeps the inventory. */
@NullMarked
package org.vinestock.store;

import org.jspecify.annotations.NullMarked;

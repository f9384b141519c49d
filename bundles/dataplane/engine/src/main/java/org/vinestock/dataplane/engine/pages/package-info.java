/** The store of memory pages and the server that pages are restored from; comes with the memory systems. */
@NullMarked
package org.vinestock.dataplane.engine.pages;

import org.jspecify.annotations.NullMarked;

/** The format in which memory is kept on disk; comes with the memory systems. */
@NullMarked
package org.vinestock.dataplane.engine.checkpoint;

import org.jspecify.annotations.NullMarked;

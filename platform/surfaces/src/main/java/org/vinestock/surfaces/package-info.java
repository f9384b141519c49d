/** Derives shell commands and REST resources from operations and views. */
@NullMarked
package org.vinestock.surfaces;

import org.jspecify.annotations.NullMarked;

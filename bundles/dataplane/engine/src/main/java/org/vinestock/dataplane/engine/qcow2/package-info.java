/** The qcow2 image format, versions 2 and 3, after its public specification. */
@NullMarked
package org.vinestock.dataplane.engine.qcow2;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.vinestock.dataplane.engine.nbd;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.vinestock.dataplane.engine.nbd.transmit;

import org.jspecify.annotations.NullMarked;

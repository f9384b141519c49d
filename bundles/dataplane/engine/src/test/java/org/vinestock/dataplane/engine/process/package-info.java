@NullMarked
package org.vinestock.dataplane.engine.process;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.vinestock.dataplane.provider;

import org.jspecify.annotations.NullMarked;

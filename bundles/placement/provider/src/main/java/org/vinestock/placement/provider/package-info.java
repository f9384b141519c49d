/** The built-in placement strategies. */
@NullMarked
package org.vinestock.placement.provider;

import org.jspecify.annotations.NullMarked;

/** Views that say where a VM could go, and why not. */
@NullMarked
package org.vinestock.placement.provider.advice;

import org.jspecify.annotations.NullMarked;

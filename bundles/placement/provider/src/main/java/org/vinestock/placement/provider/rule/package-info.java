/** Operations, steps and the view of placement rules. */
@NullMarked
package org.vinestock.placement.provider.rule;

import org.jspecify.annotations.NullMarked;

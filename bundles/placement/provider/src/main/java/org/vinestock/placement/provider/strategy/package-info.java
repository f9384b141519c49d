/** The built-in placement strategies: plain classes, made for each use. */
@NullMarked
package org.vinestock.placement.provider.strategy;

import org.jspecify.annotations.NullMarked;

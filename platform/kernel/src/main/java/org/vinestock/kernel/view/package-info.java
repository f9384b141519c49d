/** Keeps what views look things up in up to date. */
@NullMarked
package org.vinestock.kernel.view;

import org.jspecify.annotations.NullMarked;

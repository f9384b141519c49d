/** A whole site in one process, made to be broken. */
@NullMarked
package org.vinestock.lab;

import org.jspecify.annotations.NullMarked;

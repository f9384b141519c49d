/** Hands out the web console: static files that show the site through the REST interface. */
@NullMarked
package org.vinestock.console;

import org.jspecify.annotations.NullMarked;

/** Shows reports as pages that need nothing else: one file with words, tables and charts. */
@NullMarked
package org.vinestock.surfaces.report;

import org.jspecify.annotations.NullMarked;

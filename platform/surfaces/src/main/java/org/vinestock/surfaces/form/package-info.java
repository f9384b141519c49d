/** Parameter records as people fill them in: their fields, what may be left out, how text becomes a record. */
@NullMarked
package org.vinestock.surfaces.form;

import org.jspecify.annotations.NullMarked;

/** Values and rows as people read them: {@link org.vinestock.surfaces.text.Table} sets them, nothing here prints. */
@NullMarked
package org.vinestock.surfaces.text;

import org.jspecify.annotations.NullMarked;

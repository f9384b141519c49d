/** What is done with images as a whole: made, described, checked, converted, compared, committed. */
@NullMarked
package org.vinestock.dataplane.engine.image;

import org.jspecify.annotations.NullMarked;

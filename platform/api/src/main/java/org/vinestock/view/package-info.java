/**
 * What people look at: views, pages of rows, and the one JSON codec. Read {@link org.vinestock.view.View} first.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.view;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

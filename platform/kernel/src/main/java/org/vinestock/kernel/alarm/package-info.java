/** What people should know about now: raised, shown and cleared. */
@NullMarked
package org.vinestock.kernel.alarm;

import org.jspecify.annotations.NullMarked;

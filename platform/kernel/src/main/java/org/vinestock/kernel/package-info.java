/** Makes decisions, runs operations and tasks, looks after plugins. */
@NullMarked
package org.vinestock.kernel;

import org.jspecify.annotations.NullMarked;

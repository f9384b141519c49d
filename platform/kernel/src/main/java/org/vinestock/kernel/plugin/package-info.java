/**
 * The border between the platform and code of others: where a plugin's strategy runs, and what comes out of it. Read
 * {@link org.vinestock.kernel.plugin.Worker} first.
 */
@NullMarked
package org.vinestock.kernel.plugin;

import org.jspecify.annotations.NullMarked;

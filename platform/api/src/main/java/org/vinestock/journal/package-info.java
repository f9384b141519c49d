/**
 * What is kept beside the inventory: texts in streams. A {@link org.vinestock.journal.Journal} is written by the
 * inventory's writer and acknowledged, such as what tasks did; {@link org.vinestock.journal.Archives} are for what comes in
 * such numbers that nobody may wait for it, such as decisions.
 */
@Version("1.0.0")
@NullMarked
package org.vinestock.journal;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.versioning.Version;

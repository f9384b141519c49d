/** Tests of archives in SQL, on H2 and PostgreSQL. */
@NullMarked
package org.vinestock.testkit.archive;

import org.jspecify.annotations.NullMarked;

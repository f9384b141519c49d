/** Tests of the store in SQL, where contract, codec and store meet. */
@NullMarked
package org.vinestock.testkit.sql;

import org.jspecify.annotations.NullMarked;

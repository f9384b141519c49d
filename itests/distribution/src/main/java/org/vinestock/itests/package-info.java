/**
 * Drives a started distribution from outside: {@link org.vinestock.itests.Distribution} is one, {@link
 * org.vinestock.itests.FrontDoor} is {@code karaf-assembly/run}, {@link org.vinestock.itests.SharedDistribution} gives
 * tests the one that all of them share.
 */
@NullMarked
package org.vinestock.itests;

import org.jspecify.annotations.NullMarked;

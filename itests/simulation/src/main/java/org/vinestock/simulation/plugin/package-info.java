/** Vendors' strategies that are played: good ones and bad ones. */
@NullMarked
package org.vinestock.simulation.plugin;

import org.jspecify.annotations.NullMarked;

/** Creates, starts, stops and deletes VMs. */
@NullMarked
package org.vinestock.machines.provider;

import org.jspecify.annotations.NullMarked;

/** The operations on VMs and hosts: plans, made of steps. */
@NullMarked
package org.vinestock.machines.provider.vm;

import org.jspecify.annotations.NullMarked;

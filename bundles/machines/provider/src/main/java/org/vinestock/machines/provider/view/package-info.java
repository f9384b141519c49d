/** What people are shown of VMs and hosts. */
@NullMarked
package org.vinestock.machines.provider.view;

import org.jspecify.annotations.NullMarked;

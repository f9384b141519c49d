package org.vinestock.machines.provider.step;

import org.vinestock.model.VmId;

/** Arguments of steps that look up all but the VM's name when they are carried out. */
public record OnVm(VmId vm) {}

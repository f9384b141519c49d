package org.vinestock.machines.provider.view;

/** What people read of a host's state. */
public enum HostCondition {
    /** It reports and takes new VMs. */
    UP,
    /** It reports; new VMs are kept away. */
    MAINTENANCE,
    /** It does not answer. */
    DOWN,
    /** It has never reported. */
    SILENT
}

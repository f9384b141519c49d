package org.vinestock.lab.drive;

import org.vinestock.model.ByteCount;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;

/** Something that happens to a site at some millisecond. */
public sealed interface Happening {
    /** When, from the beginning. */
    long atMillis();

    /** A VM is wanted. */
    record Arrives(long atMillis, VmId vm, long millicores, ByteCount memory, Labels labels) implements Happening {}

    /** A VM is wanted no longer; if it found no place, nothing happens. */
    record Leaves(long atMillis, VmId vm) implements Happening {}
}

package org.vinestock.disk.provider.row;

import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.Kind;

/**
 * A disk whose image is being changed while nobody has it: nothing is made of it meanwhile. Written before, gone after.
 *
 * @param what is done to it, such as {@code resized}
 */
public record Changing(DiskId id, String what) {
    /** The table of them. */
    public static final Kind<Changing> KIND = new Kind<>("disk.changing", Changing.class);
}

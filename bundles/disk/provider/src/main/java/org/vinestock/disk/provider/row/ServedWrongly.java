package org.vinestock.disk.provider.row;

import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.Kind;

/** A disk that is not served as it should be, or is and should not be, as its data plane says. */
public record ServedWrongly(DiskId id, String reason) {
    /** The table of them. */
    public static final Kind<ServedWrongly> KIND = new Kind<>("disk.served-wrongly", ServedWrongly.class);
}

package org.vinestock.disk.provider.row;

import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.Kind;

/** A disk that should be served and is not, as its data plane says. */
public record NotServed(DiskId id, String reason) {
    /** The table of them. */
    public static final Kind<NotServed> KIND = new Kind<>("disk.not-served", NotServed.class);
}

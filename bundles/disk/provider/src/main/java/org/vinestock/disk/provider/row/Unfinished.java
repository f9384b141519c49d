package org.vinestock.disk.provider.row;

import org.jspecify.annotations.Nullable;
import org.vinestock.disk.DiskSteps;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;

/**
 * A file that may be there though no disk's row says so: of a disk that is being made or deleted. Written before the file is
 * begun, and gone after it is; so no file is forgotten, whoever dies meanwhile, and nobody deletes one that others put there.
 *
 * @param made what is being made there; null = it is being deleted
 */
public record Unfinished(DiskId id, HostId host, String file, DiskSteps.@Nullable Make made) {
    /** The table of them. */
    public static final Kind<Unfinished> KIND = new Kind<>("disk.unfinished", Unfinished.class);
}

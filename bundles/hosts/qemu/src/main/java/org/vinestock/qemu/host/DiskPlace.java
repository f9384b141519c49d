package org.vinestock.qemu.host;

import java.nio.file.Path;
import java.util.Optional;
import org.vinestock.machines.hardware.DiskId;

/** Knows where this machine's disks are served. Any thread; never waits. */
@FunctionalInterface
public interface DiskPlace {
    /** Nobody serves disks here. */
    DiskPlace NOWHERE = disk -> Optional.empty();

    /** The unix socket on which a disk is served by NBD, under its name; empty if nobody serves disks of this machine. */
    Optional<Path> socketOf(DiskId disk);
}

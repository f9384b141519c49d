package org.vinestock.qemu.machine;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A disk of a VM: a virtio-blk device, or a CD drive.
 *
 * @param id of the device
 * @param cd whether it is in a CD drive; then nobody writes to it
 */
public record Disk(String id, Source source, boolean readOnly, boolean cd) {
    /** A virtio-blk device. */
    public Disk(String id, Source source, boolean readOnly) {
        this(id, source, readOnly, false);
    }

    /** Checks the id. */
    public Disk {
        Hardware.checkedId(id);
    }

    /** Where its bytes are. */
    public sealed interface Source {
        /**
         * An NBD export on a unix socket. While its server is away, requests wait.
         *
         * @param reconnect how long they wait until the guest sees an error; whole seconds
         */
        record Nbd(Path socket, String export, Duration reconnect) implements Source {}

        /** A raw file that QEMU opens itself. */
        record RawFile(Path file) implements Source {}
    }
}

package org.vinestock.disk;

import org.jspecify.annotations.Nullable;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;

/**
 * A disk: an image on a host. It has a row once its image is there whole; one that came by a document of the site has a
 * row only.
 *
 * @param host whose data plane serves it
 * @param file absolute path on that host
 * @param format {@code raw} or {@code qcow2}
 * @param size what a guest sees
 * @param parent the disk that it is an overlay of, which is never written to as long as it has any; null = none
 * @param madeFor the VM together with which it was made, and is removed; null = nobody's
 * @param serve whether it is to be served; a VM's disks are from before it is made until it is removed
 */
public record Disk(
        DiskId id,
        HostId host,
        String file,
        String format,
        ByteCount size,
        @Nullable DiskId parent,
        @Nullable VmId madeFor,
        Serve serve,
        Labels labels) {
    /** The table of disks. */
    public static final Kind<Disk> KIND = new Kind<>("disk", Disk.class);

    private static final long SECTOR = 512;
    private static final ByteCount MOST = ByteCount.ofGib(64 << 10);

    /** Whether a disk is served. */
    public enum Serve {
        /** It is not. */
        NO,
        /** Nobody may write to it. */
        READ_ONLY,
        /** Whoever connects may write to it. */
        WRITABLE
    }

    /**
     * Returns a size that a disk may have.
     *
     * @throws IllegalArgumentException naming what is accepted
     */
    public static ByteCount checkedSize(ByteCount size) {
        if (size.bytes() < SECTOR || size.bytes() % SECTOR != 0 || size.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("size: " + size + " (" + size.bytes()
                    + " bytes) of a disk; accepted: a multiple of 512 bytes, from 512 to " + MOST);
        }
        return size;
    }

    /** The same, served otherwise. */
    public Disk with(Serve other) {
        return new Disk(id, host, file, format, size, parent, madeFor, other, labels);
    }

    /** The same, made for a VM; null = nobody's. */
    public Disk madeFor(@Nullable VmId vm) {
        return new Disk(id, host, file, format, size, parent, vm, serve, labels);
    }

    /** The same with another size. */
    public Disk with(ByteCount other) {
        return new Disk(id, host, file, format, other, parent, madeFor, serve, labels);
    }
}

package org.vinestock.disk;

import org.jspecify.annotations.Nullable;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.operation.Input;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Role;

/** The operations on disks, and their parameters and results. */
public final class DiskOperations {
    /** Makes a disk. */
    public static final OperationType<CreateDisk, DiskMade> CREATE = new OperationType<>(
            "disk.create",
            CreateDisk.class,
            DiskMade.class,
            Role.OPERATOR,
            "Make an empty disk, or an overlay of another one");

    /** Takes a file over. */
    public static final OperationType<ImportDisk, DiskMade> IMPORT = new OperationType<>(
            "disk.import",
            ImportDisk.class,
            DiskMade.class,
            Role.OPERATOR,
            "Copy an image file of the host into a new disk, such as a cloud image or an ISO");

    /** Copies a disk. */
    public static final OperationType<ConvertDisk, DiskMade> CONVERT = new OperationType<>(
            "disk.convert",
            ConvertDisk.class,
            DiskMade.class,
            Role.OPERATOR,
            "Copy a disk into a new one that stands on its own, in any format");

    /** Looks through a disk. */
    public static final OperationType<CheckDisk, DiskChecked> CHECK = new OperationType<>(
            "disk.check",
            CheckDisk.class,
            DiskChecked.class,
            Role.OPERATOR,
            "Look through an image's tables, and put in order what can be");

    /** Changes a disk's size. */
    public static final OperationType<ResizeDisk, DiskMade> RESIZE = new OperationType<>(
            "disk.resize",
            ResizeDisk.class,
            DiskMade.class,
            Role.OPERATOR,
            "Change the size of a disk that nobody uses");

    /** Deletes a disk. */
    public static final OperationType<OneDisk, DiskChanged> DELETE = new OperationType<>(
            "disk.delete", OneDisk.class, DiskChanged.class, Role.OPERATOR, "Delete a disk that nobody uses");

    /** Serves a disk. */
    public static final OperationType<ServeDisk, DiskServed> SERVE = new OperationType<>(
            "disk.serve",
            ServeDisk.class,
            DiskServed.class,
            Role.OPERATOR,
            "Serve a disk by NBD, for tools of the host");

    /** Serves it no longer. */
    public static final OperationType<OneDisk, DiskChanged> UNSERVE = new OperationType<>(
            "disk.unserve", OneDisk.class, DiskChanged.class, Role.OPERATOR, "Serve a disk no longer");

    private DiskOperations() {}

    /** Parameters that name one disk. */
    public record OneDisk(
            @Input(value = "Name of the disk", at = 0, completedBy = "disk.list#id")
            DiskId id) {}

    /** Parameters of {@link #CREATE}. */
    public record CreateDisk(
            @Input(value = "Name of the disk", at = 0) DiskId id,

            @Input(
                    value = "Size, such as 10GiB; that of the disk that it is an overlay of if left out",
                    optional = true)
            @Nullable
            ByteCount size,

            @Input(
                    value = "Disk that it is an overlay of, which is not written to any more",
                    optional = true,
                    completedBy = "disk.list#id")
            @Nullable
            DiskId from,

            @Input(value = "raw or qcow2", byDefault = "qcow2")
            String format,

            @Input(value = "Host that has it; may be left out if only one has a data plane", optional = true) @Nullable
            HostId host,

            @Input("Labels, such as app=web,tier=db") Labels labels) {}

    /** Parameters of {@link #IMPORT}. */
    public record ImportDisk(
            @Input(value = "Name of the disk", at = 0) DiskId id,

            @Input(value = "Path of the file on the host, absolute", at = 1)
            String file,

            @Input(value = "Format of the file: raw or qcow2; looked for if left out", optional = true) @Nullable
            String fileFormat,

            @Input(value = "Format of the disk: raw or qcow2", byDefault = "qcow2")
            String format,

            @Input(value = "How it is compressed: none, zlib or zstd", byDefault = "none")
            String compression,

            @Input(value = "Host that has it; may be left out if only one has a data plane", optional = true) @Nullable
            HostId host,

            @Input("Labels, such as app=web,tier=db") Labels labels) {}

    /** Parameters of {@link #CONVERT}. */
    public record ConvertDisk(
            @Input(value = "Name of the disk", at = 0, completedBy = "disk.list#id")
            DiskId id,

            @Input(value = "Name of the new disk", at = 1) DiskId to,

            @Input(value = "Format of the new disk: raw or qcow2", byDefault = "qcow2")
            String format,

            @Input(value = "How it is compressed: none, zlib or zstd", byDefault = "none")
            String compression,

            @Input("Labels of the new disk") Labels labels) {}

    /** Parameters of {@link #CHECK}. */
    public record CheckDisk(
            @Input(value = "Name of the disk", at = 0, completedBy = "disk.list#id")
            DiskId id,

            @Input(value = "Whether to put in order what can be", byDefault = "false")
            boolean repair) {}

    /** Parameters of {@link #RESIZE}. */
    public record ResizeDisk(
            @Input(value = "Name of the disk", at = 0, completedBy = "disk.list#id")
            DiskId id,

            @Input(value = "The new size, such as 20GiB", at = 1)
            ByteCount size,

            @Input(value = "Whether it may become smaller: what is at its end is lost", byDefault = "false")
            boolean shrink) {}

    /** Parameters of {@link #SERVE}. */
    public record ServeDisk(
            @Input(value = "Name of the disk", at = 0, completedBy = "disk.list#id")
            DiskId id,

            @Input(value = "Whether whoever connects may write", byDefault = "false")
            boolean writable) {}

    /** Result of making a disk. */
    public record DiskMade(DiskId id, HostId host, String format, ByteCount size, String file) {}

    /** Result of {@link #CHECK}. */
    public record DiskChecked(DiskId id, String verdict, long leaks, long corruptions, long repaired) {}

    /** Result of {@link #SERVE}. */
    public record DiskServed(DiskId id, HostId host, String socket, String export) {}

    /** Result of a change to one disk. */
    public record DiskChanged(DiskId id, String now) {}
}

package org.vinestock.disk;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.ImageFormat;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.operation.Step;

/**
 * The steps that the area of disks carries out for whoever plans them; a plan claims the disks that it names. Without its
 * provider a task waits at such a step.
 */
public final class DiskSteps {
    /** Kind of {@link Make}. */
    public static final String MAKE = "disk.make";

    /** Kind of {@link ServeFor}. */
    public static final String SERVE = "disk.serve-for";

    /** Kind of {@link Remove}. */
    public static final String REMOVE = "disk.remove";

    private DiskSteps() {}

    /**
     * Makes a disk on a host and writes its row. Taken back: both are gone. The plan claims the disk; what it is made of needs no
     * claim.
     *
     * @param host null = the host on which {@code madeFor} has its place when the step is carried out
     * @param format {@code raw} or {@code qcow2}; an overlay is always {@code qcow2}, a seed always {@code raw}
     * @param compression {@code none}, {@code zlib} or {@code zstd}; only of what is copied into a {@code qcow2}
     * @param madeFor the VM together with which it is removed; null = nobody's
     */
    public record Make(
            DiskId disk,
            @Nullable HostId host,
            DiskSource source,
            String format,
            String compression,
            @Nullable VmId madeFor,
            Labels labels) {
        /** Sets the format where there is no choice; checks format and compression. */
        public Make {
            format =
                    source instanceof DiskSource.Overlay ? "qcow2" : source instanceof DiskSource.Seed ? "raw" : format;
            ImageFormat checked = new ImageFormat(format, compression);
            boolean copied = source instanceof DiskSource.Copy || source instanceof DiskSource.File;
            if (!copied && !checked.compression().equals("none")) {
                throw new IllegalArgumentException(
                        "compression " + compression + " of a disk into which nothing is copied; accepted: none");
            }
        }

        /** Makes one without labels. */
        public Make(
                DiskId disk,
                @Nullable HostId host,
                DiskSource source,
                String format,
                String compression,
                @Nullable VmId madeFor) {
            this(disk, host, source, format, compression, madeFor, Labels.NONE);
        }
    }

    /**
     * Serves all disks that a VM's row names, on the host where they are, as the VM needs them. Taken back: those that it began to
     * serve are not served any more; those of an earlier step are. The plan claims the VM.
     */
    public record ServeFor(VmId vm) {}

    /**
     * Serves disks no longer, and deletes those that were made for the VM. One that another VM's row names is served on, one that
     * has overlays stays, as nobody's. What is deleted cannot be taken back;
     * the others then stay.
     *
     * @param disks that its row named; the row may be gone
     * @param keep whether those that were made for it stay, as nobody's
     */
    public record Remove(VmId vm, List<DiskId> disks, boolean keep) {
        /** Copies the list. */
        public Remove {
            disks = List.copyOf(disks);
        }
    }

    /** A step. */
    public static Step make(Make arguments) {
        return new Step("make disk " + arguments.disk(), MAKE, arguments);
    }

    /** A step. */
    public static Step serve(VmId vm) {
        return new Step("serve the disks of " + vm, SERVE, new ServeFor(vm));
    }

    /** A step. */
    public static Step remove(VmId vm, List<DiskId> disks, boolean keep) {
        return new Step("let go of the disks of " + vm, REMOVE, new Remove(vm, disks, keep));
    }
}

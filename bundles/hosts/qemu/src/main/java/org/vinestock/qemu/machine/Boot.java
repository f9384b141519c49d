package org.vinestock.qemu.machine;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a VM starts from. */
public sealed interface Boot {
    /** Whatever the firmware finds in CD drives, then on disks, in their order. */
    record Disks() implements Boot {}

    /** A kernel that QEMU loads itself. */
    record Kernel(Path image, @Nullable Path initramfs, String commandLine) implements Boot {}
}

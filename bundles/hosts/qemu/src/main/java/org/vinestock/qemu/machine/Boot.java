package org.vinestock.qemu.machine;

import java.nio.file.Path;

/** What a VM starts from. */
public sealed interface Boot {
    /** Whatever the firmware finds on the disks, in their order. */
    record Disks() implements Boot {}

    /** An ISO 9660 image in a CD drive first, then the disks. */
    record Cd(Path image) implements Boot {}

    /** A kernel that QEMU loads itself. */
    record Kernel(Path image, Path initramfs, String commandLine) implements Boot {}
}

package org.vinestock.machines.hardware;

/**
 * A kernel that the hypervisor loads itself, before anything on the disks.
 *
 * @param image path on the host, absolute
 * @param initramfs likewise; empty = none
 * @param commandLine what the kernel is told
 */
public record KernelBoot(String image, String initramfs, String commandLine) {
    /** Checks the paths. */
    public KernelBoot {
        absolute("kernel", image);
        if (!initramfs.isEmpty()) {
            absolute("initramfs", initramfs);
        }
    }

    private static void absolute(String what, String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException(what + " \"" + path + "\"; accepted: an absolute path on the host");
        }
    }
}

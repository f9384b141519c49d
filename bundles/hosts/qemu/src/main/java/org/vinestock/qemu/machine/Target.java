package org.vinestock.qemu.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a QEMU program emulates, and with which of its devices VMs are built there. */
public enum Target {
    /** {@code qemu-system-x86_64} and {@code -i386}. */
    PC("pc", "VGA", 0),
    /** {@code qemu-system-aarch64}; its machine has no IDE, no firmware of its own, and plugs into root ports only. */
    ARM("virt,gic-version=max", "virtio-gpu-pci", 8);

    private static final String PROGRAM = "qemu-system-";

    /** Where distributions keep the UEFI firmware of the machine {@code virt}: Debian, Fedora. */
    private static final List<Path> ARM_FIRMWARE =
            List.of(Path.of("/usr/share/qemu-efi-aarch64/QEMU_EFI.fd"), Path.of("/usr/share/edk2/aarch64/QEMU_EFI.fd"));

    private final String machine;
    private final String video;
    private final int ports;

    Target(String machine, String video, int ports) {
        this.machine = machine;
        this.video = video;
        this.ports = ports;
    }

    /**
     * By the program's name; one of another name, such as {@code qemu-kvm}, is for this machine's CPU.
     *
     * @throws IllegalArgumentException if VMs of that target are not known here
     */
    public static Target of(Path program) {
        String name = String.valueOf(program.getFileName());
        String cpu = name.startsWith(PROGRAM) ? name.substring(PROGRAM.length()) : System.getProperty("os.arch");
        return switch (cpu) {
            case "x86_64", "amd64", "i386" -> PC;
            case "aarch64" -> ARM;
            default ->
                throw new IllegalArgumentException("program = " + program + " emulates " + cpu
                        + "; accepted: qemu-system-x86_64, qemu-system-i386, qemu-system-aarch64");
        };
    }

    /** The program for this machine's CPU. */
    public static Path ofThisMachine() {
        return Path.of("/usr/bin", PROGRAM + ("aarch64".equals(System.getProperty("os.arch")) ? "aarch64" : "x86_64"));
    }

    /** Whether this machine's CPU executes its instructions. */
    public boolean isNative() {
        return (this == ARM) == "aarch64".equals(System.getProperty("os.arch"));
    }

    String machine() {
        return machine;
    }

    String video() {
        return video;
    }

    /** Root ports for what is plugged in later; 0: its bus takes devices by itself. */
    public int ports() {
        return ports;
    }

    /** How a root port is called. */
    public static String port(int number) {
        return "port" + number;
    }

    /** Whether CD drives are on a SCSI controller, as there is no IDE. */
    boolean scsi() {
        return this == ARM;
    }

    /**
     * The firmware that must be named for a VM to start from its disks; empty: QEMU brings it.
     *
     * @throws IOException if it is not installed
     */
    Optional<Path> firmware() throws IOException {
        if (this == PC) {
            return Optional.empty();
        }
        for (Path file : ARM_FIRMWARE) {
            if (Files.isReadable(file)) {
                return Optional.of(file);
            }
        }
        throw new IOException("there is no firmware for VMs of aarch64 that start from disks: no " + ARM_FIRMWARE.get(0)
                + "; Debian: apt-get install qemu-efi-aarch64");
    }
}

package org.vinestock.qemu.machine;

/**
 * A virtio-net device of a VM.
 *
 * @param id of the device
 * @param mac six bytes in hexadecimal with colons between them
 */
public record Nic(String id, String mac, Network network) {
    /** Checks the id and the address. */
    public Nic {
        Hardware.checkedId(id);
        if (!mac.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}")) {
            throw new IllegalArgumentException("mac \"" + mac + "\"; accepted: six bytes such as 52:54:00:12:34:56");
        }
        if ((Integer.parseInt(mac.substring(0, 2), 16) & 1) != 0) {
            throw new IllegalArgumentException("mac " + mac + " is a group's address; accepted: an even first byte");
        }
    }

    /** What it is plugged into. */
    public sealed interface Network {
        /** Nothing; the link is up all the same. */
        record Isolated() implements Network {}

        /** QEMU's own network stack, which needs no rights: the guest reaches out, nobody reaches in. */
        record User() implements Network {}

        /** A tap interface that is there already. */
        record Tap(String device) implements Network {}
    }
}

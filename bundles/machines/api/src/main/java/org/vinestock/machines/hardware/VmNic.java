package org.vinestock.machines.hardware;

import java.util.regex.Pattern;

/**
 * A virtio network device of a VM.
 *
 * @param device like a disk's
 * @param mac six bytes in lower-case hexadecimal with colons between them, no group's address
 * @param network {@code user}: the host's user-mode stack, the guest reaches out and nobody reaches in; {@code isolated}:
 *     nothing; {@code tap:NAME}: a tap interface of the host that is there already
 */
public record VmNic(String device, String mac, String network) {
    /** The user-mode stack. */
    public static final String USER = "user";

    /** No network; the link is up all the same. */
    public static final String ISOLATED = "isolated";

    /** What a tap interface's name comes after. */
    public static final String TAP = "tap:";

    private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
    private static final Pattern TAP_NAME = Pattern.compile("tap:[a-zA-Z0-9_.-]{1,15}");

    /** Checks device, address and network. */
    public VmNic {
        Hardware.checkedDevice(device);
        if (!MAC.matcher(mac).matches()) {
            throw new IllegalArgumentException("mac \"" + mac + "\"; accepted: six bytes such as 52:54:00:12:34:56");
        }
        if ((Integer.parseInt(mac.substring(0, 2), 16) & 1) != 0) {
            throw new IllegalArgumentException("mac " + mac + " is a group's address; accepted: an even first byte");
        }
        if (!network.equals(USER)
                && !network.equals(ISOLATED)
                && !TAP_NAME.matcher(network).matches()) {
            throw new IllegalArgumentException("network \"" + network + "\"; accepted: user, isolated or tap:NAME");
        }
    }
}

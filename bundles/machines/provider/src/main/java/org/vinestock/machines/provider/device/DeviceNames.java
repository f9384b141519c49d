package org.vinestock.machines.provider.device;

import org.jspecify.annotations.Nullable;
import org.vinestock.machines.hardware.Hardware;

/** Names of devices in a VM. */
final class DeviceNames {
    private DeviceNames() {}

    /**
     * The name that somebody wants, or the first one that is free, such as {@code disk2}.
     *
     * @throws IllegalArgumentException if the VM has one of that name
     */
    static String checked(@Nullable String wanted, String sort, Hardware hardware) {
        if (wanted != null) {
            if (isTaken(wanted, hardware)) {
                throw new IllegalArgumentException("device: there is one that is called \"" + wanted
                        + "\"; accepted: another name, or none to have one made up");
            }
            return wanted;
        }
        int number = 1;
        while (isTaken(sort + number, hardware)) {
            number++;
        }
        return sort + number;
    }

    private static boolean isTaken(String device, Hardware hardware) {
        return hardware.disk(device).isPresent() || hardware.nic(device).isPresent();
    }
}

package org.vinestock.machines.provider.hardware;

import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.hardware.VmNic;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.VmId;

/**
 * Addresses of network devices: under 52:54:00, which is free to whoever runs VMs, the rest made from the names of VM and
 * device, so that it is the same whenever it is planned; another one if some VM has that.
 */
public final class Macs {
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int ALL = 1 << 24;

    private final TreeMap<String, VmId> taken = new TreeMap<>();

    /** Looks which are taken. */
    public Macs(Snapshot snapshot) {
        for (Vm vm : snapshot.rows(SiteKinds.VM)) {
            for (VmNic nic : vm.hardware().nics()) {
                taken.put(nic.mac(), vm.id());
            }
        }
    }

    /** Makes one up. */
    public String of(VmId vm, String device) {
        long hash = FNV_BASIS;
        String names = vm + "/" + device;
        for (int i = 0; i < names.length(); i++) {
            hash = (hash ^ names.charAt(i)) * FNV_PRIME;
        }
        int number = (int) ((hash >>> 40 ^ hash) & ALL - 1);
        String mac = text(number);
        while (taken.containsKey(mac)) {
            number = number + 1 & ALL - 1;
            mac = text(number);
        }
        return mac;
    }

    /**
     * Returns one that somebody asked for, in lower case.
     *
     * @throws IllegalArgumentException if a VM has it
     */
    public String asked(String mac) {
        String lower = mac.toLowerCase(Locale.ROOT);
        Optional<VmId> whose = Optional.ofNullable(taken.get(lower));
        if (whose.isPresent()) {
            throw new IllegalArgumentException("mac: VM \"" + whose.get() + "\" has " + lower
                    + "; accepted: another one, or none to have one made up");
        }
        return lower;
    }

    private static String text(int number) {
        return String.format(
                Locale.ROOT, "52:54:00:%02x:%02x:%02x", number >> 16 & 0xff, number >> 8 & 0xff, number & 0xff);
    }
}

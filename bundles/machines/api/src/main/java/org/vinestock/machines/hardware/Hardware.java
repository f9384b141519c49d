package org.vinestock.machines.hardware;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a VM is built of beside CPU and memory. Without a kernel it starts from what its firmware finds: CD drives first, then
 * disks, in their order.
 *
 * @param disks in the order in which they are plugged in
 * @param nics likewise
 * @param kernel null = it starts from its disks
 */
public record Hardware(
        List<VmDisk> disks, List<VmNic> nics, @Nullable KernelBoot kernel) {
    /** Nothing: what a VM has of which nobody said more. */
    public static final Hardware NONE = new Hardware(List.of(), List.of(), null);

    private static final Pattern DEVICE = Pattern.compile("[a-zA-Z][a-zA-Z0-9_-]{0,30}");

    /** Copies the lists; devices differ in name, and a disk is plugged in once. */
    public Hardware {
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
        TreeSet<String> devices = new TreeSet<>();
        TreeSet<String> used = new TreeSet<>();
        for (VmDisk disk : disks) {
            unique(devices, disk.device());
            if (!used.add(disk.disk().value())) {
                throw new IllegalArgumentException("disk " + disk.disk() + " is there twice; accepted: each disk once");
            }
        }
        for (VmNic nic : nics) {
            unique(devices, nic.device());
        }
    }

    private static void unique(TreeSet<String> devices, String device) {
        if (!devices.add(device)) {
            throw new IllegalArgumentException("two devices are called " + device + "; accepted: names that differ");
        }
    }

    static void checkedDevice(String device) {
        if (!DEVICE.matcher(device).matches()) {
            throw new IllegalArgumentException(
                    "device \"" + device + "\"; accepted: a letter, then at most 30 letters, digits, - and _");
        }
    }

    /** Whether there is nothing in it. */
    public boolean isNone() {
        return disks.isEmpty() && nics.isEmpty() && kernel == null;
    }

    /** The device of a name. */
    public Optional<VmDisk> disk(String device) {
        return disks.stream().filter(disk -> disk.device().equals(device)).findFirst();
    }

    /** The device of a name. */
    public Optional<VmNic> nic(String device) {
        return nics.stream().filter(nic -> nic.device().equals(device)).findFirst();
    }

    /** The same with one disk more. */
    public Hardware with(VmDisk disk) {
        List<VmDisk> more = new ArrayList<>(disks);
        more.add(disk);
        return new Hardware(more, nics, kernel);
    }

    /** The same with one network device more. */
    public Hardware with(VmNic nic) {
        List<VmNic> more = new ArrayList<>(nics);
        more.add(nic);
        return new Hardware(disks, more, kernel);
    }

    /** The same without a device. */
    public Hardware without(String device) {
        return new Hardware(
                disks.stream().filter(disk -> !disk.device().equals(device)).toList(),
                nics.stream().filter(nic -> !nic.device().equals(device)).toList(),
                kernel);
    }
}

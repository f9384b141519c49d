package org.vinestock.qemu.machine;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A VM as QEMU is to build it.
 *
 * @param name for people, who find it in lists of processes
 * @param cores virtual CPUs, 1 or more
 * @param memory bytes, a multiple of 4 KiB
 * @param disks in the order in which they are plugged in; ids differ
 * @param nics likewise
 */
public record Hardware(UUID uuid, String name, int cores, long memory, Boot boot, List<Disk> disks, List<Nic> nics) {
    /** The size of a page, in bytes. */
    public static final long PAGE = 4096;

    /** Copies the lists and checks them. */
    public Hardware {
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
        if (cores < 1) {
            throw new IllegalArgumentException("cores " + cores + "; accepted: 1 or more");
        }
        if (memory < PAGE || memory % PAGE != 0) {
            throw new IllegalArgumentException("memory " + memory + "; accepted: a multiple of " + PAGE + " bytes");
        }
        Set<String> ids = new TreeSet<>();
        disks.forEach(disk -> unique(ids, disk.id()));
        nics.forEach(nic -> unique(ids, nic.id()));
    }

    private static void unique(Set<String> ids, String id) {
        if (!ids.add(id)) {
            throw new IllegalArgumentException("two devices are called " + id);
        }
    }

    /**
     * Checks a device's id, which goes into QEMU's own names as it is.
     *
     * @throws IllegalArgumentException saying what is accepted
     */
    static String checkedId(String id) {
        if (!id.matches("[a-zA-Z][a-zA-Z0-9_-]{0,30}")) {
            throw new IllegalArgumentException(
                    "device \"" + id + "\"; accepted: a letter, then at most 30 letters, digits, - and _");
        }
        return id;
    }
}

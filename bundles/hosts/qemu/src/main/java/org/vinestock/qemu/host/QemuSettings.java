package org.vinestock.qemu.host;

import java.nio.file.Path;
import java.time.Duration;
import org.vinestock.machines.HostFacts;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.qemu.machine.Accelerator;

/**
 * How this machine is used as a host.
 *
 * @param folder holds a directory a VM; its path is short, for it has sockets in it
 * @param memoryFolder holds the VMs' memory, a file each: on tmpfs or hugetlbfs, unless memory shall be on a disk
 * @param program such as {@code /usr/bin/qemu-system-x86_64}
 * @param millicores CPU that VMs may use
 * @param memory memory that VMs may use
 * @param grace how long a guest may take to shut down when it was asked to, until it is stopped
 * @param reconnect how long a guest's requests wait for a disk whose server is away
 * @param facts what is said of this machine
 */
public record QemuSettings(
        HostId host,
        Path folder,
        Path memoryFolder,
        Path program,
        Accelerator accelerator,
        long millicores,
        ByteCount memory,
        Duration grace,
        Duration reconnect,
        HostFacts facts) {
    /** Without a data plane, and nothing said. */
    public QemuSettings(
            HostId host,
            Path folder,
            Path memoryFolder,
            Path program,
            Accelerator accelerator,
            long millicores,
            ByteCount memory,
            Duration grace) {
        this(
                host,
                folder,
                memoryFolder,
                program,
                accelerator,
                millicores,
                memory,
                grace,
                Duration.ofMinutes(5),
                HostFacts.NONE);
    }
}

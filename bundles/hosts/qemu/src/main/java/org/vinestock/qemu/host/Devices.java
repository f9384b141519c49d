package org.vinestock.qemu.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.hardware.DiskBus;
import org.vinestock.machines.hardware.KernelBoot;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.hardware.VmNic;
import org.vinestock.model.VinestockException;
import org.vinestock.qemu.machine.Boot;
import org.vinestock.qemu.machine.Disk;
import org.vinestock.qemu.machine.Hardware;
import org.vinestock.qemu.machine.Nic;

/** What a VM is to have, as QEMU is to build it. */
final class Devices {
    private final DiskPlace disks;
    private final Duration reconnect;

    Devices(DiskPlace disks, Duration reconnect) {
        this.disks = disks;
        this.reconnect = reconnect;
    }

    Hardware of(VmRecord vm) {
        return new Hardware(
                vm.uuid(),
                vm.id().value(),
                Math.toIntExact((vm.millicores() + 999) / 1000),
                (vm.memory().bytes() + Hardware.PAGE - 1) / Hardware.PAGE * Hardware.PAGE,
                boot(vm.hardware().kernel()),
                vm.hardware().disks().stream().map(this::of).toList(),
                vm.hardware().nics().stream().map(Devices::of).toList());
    }

    private static Boot boot(@org.jspecify.annotations.Nullable KernelBoot kernel) {
        return kernel == null
                ? new Boot.Disks()
                : new Boot.Kernel(
                        there("kernel", kernel.image()),
                        kernel.initramfs().isEmpty() ? null : there("initramfs", kernel.initramfs()),
                        kernel.commandLine());
    }

    private static Path there(String what, String path) {
        Path file = Path.of(path);
        if (!Files.isReadable(file)) {
            throw new VinestockException(
                    MachineError.NOT_OFFERED, what + " " + file + " is not a file that can be read here");
        }
        return file;
    }

    Disk of(VmDisk disk) {
        Path socket = disks.socketOf(disk.disk())
                .orElseThrow(() -> new VinestockException(
                        MachineError.NO_PROVIDER,
                        "nobody serves disks of this machine: disk " + disk.disk()
                                + " cannot be opened; see dataplane:list"));
        return new Disk(
                disk.device(),
                new Disk.Source.Nbd(socket, disk.disk().value(), reconnect),
                disk.readOnly(),
                disk.bus() == DiskBus.CD);
    }

    static Nic of(VmNic nic) {
        String network = nic.network();
        Nic.Network to = network.startsWith(VmNic.TAP)
                ? new Nic.Network.Tap(network.substring(VmNic.TAP.length()))
                : network.equals(VmNic.USER) ? new Nic.Network.User() : new Nic.Network.Isolated();
        return new Nic(nic.device(), nic.mac(), to);
    }

    /** Names of what a host with a data plane offers. */
    static List<String> offers() {
        return List.of("Balloon", "Console", "GuestAgent", "Happenings", "HotPlug", "Screen", "Statistics");
    }
}

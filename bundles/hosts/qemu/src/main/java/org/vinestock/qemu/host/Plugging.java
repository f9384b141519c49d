package org.vinestock.qemu.host;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.capability.HotPlug;
import org.vinestock.machines.hardware.DiskBus;
import org.vinestock.machines.hardware.Hardware;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.hardware.VmNic;
import org.vinestock.model.Lease;
import org.vinestock.model.VinestockException;
import org.vinestock.qemu.machine.CommandLine;
import org.vinestock.qemu.machine.Disk;
import org.vinestock.qemu.machine.Nic;
import org.vinestock.qemu.machine.Target;
import org.vinestock.qemu.qmp.Json;

/** Plugs devices into a VM's process, and notes them in its directory. A guest needs ACPI hot plug of PCI for it. */
record Plugging(QemuVm vm) implements HotPlug {
    private static final Duration LETTING_GO = Duration.ofSeconds(10);

    @Override
    public CompletionStage<?> plug(VmDisk disk, Lease lease) {
        return vm.work(() -> {
            if (disk.bus() == DiskBus.CD) {
                throw new VinestockException(
                        MachineError.NOT_OFFERED,
                        "a CD drive cannot be plugged into a VM that is there; vm:create --cd makes one with it");
            }
            vm.change(lease, (before, on) -> plugged(disk, before, on));
            return disk;
        });
    }

    private Hardware plugged(VmDisk disk, Hardware before, @org.jspecify.annotations.Nullable RunningVm on)
            throws InterruptedException {
        if (before.disk(disk.device()).filter(disk::equals).isPresent()) {
            return before;
        }
        Hardware after = before.with(disk);
        if (on != null) {
            Disk device = vm.devices().of(disk);
            on.execute("blockdev-add", CommandLine.node(device));
            try {
                add(CommandLine.device(device, vm.target()), on);
            } catch (VinestockException e) {
                on.execute("blockdev-del", Json.object("node-name", CommandLine.nodeName(disk.device())));
                throw e;
            }
        }
        return after;
    }

    @Override
    public CompletionStage<?> plug(VmNic nic, Lease lease) {
        return vm.work(() -> {
            vm.change(lease, (before, on) -> plugged(nic, before, on));
            return nic;
        });
    }

    private Hardware plugged(VmNic nic, Hardware before, @org.jspecify.annotations.Nullable RunningVm on)
            throws InterruptedException {
        if (before.nic(nic.device()).filter(nic::equals).isPresent()) {
            return before;
        }
        Hardware after = before.with(nic);
        if (on != null) {
            Nic device = Devices.of(nic);
            on.execute("netdev_add", CommandLine.backend(device));
            try {
                add(CommandLine.device(device), on);
            } catch (VinestockException e) {
                on.execute("netdev_del", Json.object("id", CommandLine.netName(nic.device())));
                throw e;
            }
        }
        return after;
    }

    /** Where devices go into root ports, into a free one. QEMU 7.2 throws out what is in a port that it refuses to fill. */
    private void add(Map<String, Object> device, RunningVm on) throws InterruptedException {
        int ports = vm.target().ports();
        if (ports > 0) {
            device.put("bus", freePort(ports, on));
        }
        on.execute("device_add", device);
    }

    private String freePort(int ports, RunningVm on) throws InterruptedException {
        for (int number = 0; number < ports; number++) {
            String port = Target.port(number);
            Object bus = on.execute("qom-list", Json.object("path", "/machine/peripheral/" + port + "/" + port));
            boolean used = bus instanceof List<?> properties
                    && properties.stream()
                            .anyMatch(each -> each instanceof Map<?, ?> property
                                    && String.valueOf(property.get("name")).startsWith("child["));
            if (!used) {
                return port;
            }
        }
        throw new VinestockException(
                MachineError.NOT_OFFERED,
                "all " + ports + " ports of " + vm.id() + " for devices that come while it runs are in use");
    }

    @Override
    public CompletionStage<?> unplug(String device, Lease lease) {
        return vm.work(() -> {
            vm.change(lease, (before, on) -> unplugged(device, before, on));
            return device;
        });
    }

    private Hardware unplugged(String device, Hardware before, @org.jspecify.annotations.Nullable RunningVm on)
            throws InterruptedException {
        boolean disk = before.disk(device).isPresent();
        if (!disk && before.nic(device).isEmpty()) {
            return before;
        }
        if (on != null) {
            if (!vm.unplugged(device, on, LETTING_GO)) {
                throw new VinestockException(
                        MachineError.GUEST_REFUSES,
                        "the guest of " + vm.id() + " has not let go of " + device + " within " + LETTING_GO.toSeconds()
                                + " s; it stays. Does it know hot plug?");
            }
            if (disk) {
                on.execute("blockdev-del", Json.object("node-name", CommandLine.nodeName(device)));
            } else {
                on.execute("netdev_del", Json.object("id", CommandLine.netName(device)));
            }
        }
        return before.without(device);
    }
}

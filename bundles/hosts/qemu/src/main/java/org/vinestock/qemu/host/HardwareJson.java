package org.vinestock.qemu.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.hardware.DiskBus;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.hardware.Hardware;
import org.vinestock.machines.hardware.KernelBoot;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.hardware.VmNic;
import org.vinestock.qemu.qmp.Json;

/** Hardware in a VM's directory. What is not there is empty: a former version wrote none. */
final class HardwareJson {
    private HardwareJson() {}

    static Map<String, Object> written(Hardware hardware) {
        Map<String, Object> json = new LinkedHashMap<>();
        List<Object> disks = new ArrayList<>();
        for (VmDisk disk : hardware.disks()) {
            disks.add(Json.object(
                    "device", disk.device(),
                    "disk", disk.disk().value(),
                    "bus", disk.bus().name(),
                    "readOnly", disk.readOnly()));
        }
        json.put("disks", disks);
        List<Object> nics = new ArrayList<>();
        for (VmNic nic : hardware.nics()) {
            nics.add(Json.object("device", nic.device(), "mac", nic.mac(), "network", nic.network()));
        }
        json.put("nics", nics);
        KernelBoot kernel = hardware.kernel();
        if (kernel != null) {
            json.put(
                    "kernel",
                    Json.object(
                            "image", kernel.image(),
                            "initramfs", kernel.initramfs(),
                            "commandLine", kernel.commandLine()));
        }
        return json;
    }

    /** Reads what {@link #written} made. */
    static Hardware read(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> fields)) {
            return Hardware.NONE;
        }
        List<VmDisk> disks = new ArrayList<>();
        for (Map<?, ?> disk : maps(fields.get("disks"))) {
            disks.add(new VmDisk(
                    text(disk, "device"),
                    new DiskId(text(disk, "disk")),
                    DiskBus.valueOf(text(disk, "bus")),
                    Boolean.TRUE.equals(disk.get("readOnly"))));
        }
        List<VmNic> nics = new ArrayList<>();
        for (Map<?, ?> nic : maps(fields.get("nics"))) {
            nics.add(new VmNic(text(nic, "device"), text(nic, "mac"), text(nic, "network")));
        }
        KernelBoot kernel = fields.get("kernel") instanceof Map<?, ?> boot
                ? new KernelBoot(text(boot, "image"), text(boot, "initramfs"), text(boot, "commandLine"))
                : null;
        return new Hardware(disks, nics, kernel);
    }

    private static List<Map<?, ?>> maps(@Nullable Object list) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (list instanceof List<?> elements) {
            for (Object element : elements) {
                if (element instanceof Map<?, ?> map) {
                    maps.add(map);
                }
            }
        }
        return maps;
    }

    private static String text(Map<?, ?> fields, String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("hardware: " + name + " is missing");
    }
}

package org.vinestock.machines.provider.device;

import java.util.ArrayList;
import java.util.List;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskSteps;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.DeviceOperations;
import org.vinestock.machines.DeviceOperations.AttachDisk;
import org.vinestock.machines.MachineOperations.VmChanged;
import org.vinestock.machines.hardware.DiskBus;
import org.vinestock.machines.hardware.Hardware;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.provider.hardware.DiskRows;
import org.vinestock.machines.provider.vm.Lookup;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.ObjectId;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/** {@code vm.attach-disk}: what the VM is built of is written first, for only what it names is served. */
final class AttachDiskOperation implements Operation<AttachDisk, VmChanged> {
    @Override
    public OperationType<AttachDisk, VmChanged> type() {
        return DeviceOperations.ATTACH_DISK;
    }

    @Override
    public Plan plan(AttachDisk parameters, Planning planning) {
        Snapshot snapshot = planning.snapshot();
        Vm vm = Lookup.vm(parameters.id(), snapshot);
        HostId host = Lookup.place(vm, snapshot);
        Disk disk = DiskRows.find("disk", parameters.disk(), snapshot);
        if (!disk.host().equals(host)) {
            throw new IllegalArgumentException("disk: \"" + disk.id() + "\" is on " + disk.host() + ", and " + vm.id()
                    + " on " + host + "; accepted: a disk of " + host);
        }
        DiskRows.requireFree("disk", disk.id(), parameters.readOnly(), snapshot);
        String device = DeviceNames.checked(parameters.device(), "disk", vm.hardware());
        VmDisk plugged = new VmDisk(device, disk.id(), DiskBus.VIRTIO, parameters.readOnly());
        Hardware with = vm.hardware().with(plugged);
        List<ObjectId> claims = new ArrayList<>(List.of(vm.id()));
        if (!parameters.readOnly()) {
            claims.add(disk.id());
        }
        return new Plan(
                claims,
                List.of(
                        new Step(
                                "note that " + vm.id() + " has " + device,
                                HardwareStep.KIND,
                                new HardwareStep.Arguments(vm.id(), vm.hardware(), with)),
                        DiskSteps.serve(vm.id()),
                        new Step(
                                "plug " + device + " into " + vm.id(),
                                PlugStep.KIND,
                                PlugStep.Arguments.of(vm.id(), plugged, true))));
    }

    @Override
    public VmChanged result(AttachDisk parameters, Plan plan, Snapshot after) {
        String device = Lookup.vm(parameters.id(), after).hardware().disks().stream()
                .filter(each -> each.disk().equals(parameters.disk()))
                .map(VmDisk::device)
                .findFirst()
                .orElse("");
        return new VmChanged(parameters.id(), "has " + parameters.disk() + " as " + device);
    }

    @Override
    public List<String> clusters(AttachDisk parameters, Plan plan, Snapshot snapshot) {
        return Lookup.clusters(Lookup.hosts(parameters.id(), snapshot), snapshot);
    }
}

package org.vinestock.machines.provider.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vinestock.disk.DiskSteps;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.DeviceOperations;
import org.vinestock.machines.DeviceOperations.OneDevice;
import org.vinestock.machines.MachineOperations.VmChanged;
import org.vinestock.machines.hardware.Hardware;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.hardware.VmNic;
import org.vinestock.machines.provider.vm.Lookup;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ObjectId;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/** {@code vm.detach}: of a network device, or a disk, which is then nobody's and no longer served. */
final class DetachOperation implements Operation<OneDevice, VmChanged> {
    @Override
    public OperationType<OneDevice, VmChanged> type() {
        return DeviceOperations.DETACH;
    }

    @Override
    public Plan plan(OneDevice parameters, Planning planning) {
        Snapshot snapshot = planning.snapshot();
        Vm vm = Lookup.vm(parameters.id(), snapshot);
        Lookup.place(vm, snapshot);
        String device = parameters.device();
        Hardware hardware = vm.hardware();
        Optional<VmDisk> disk = hardware.disk(device);
        Optional<VmNic> nic = hardware.nic(device);
        if (disk.isEmpty() && nic.isEmpty()) {
            throw new IllegalArgumentException("device: " + vm.id() + " has no \"" + device + "\"; accepted: "
                    + (hardware.disks().isEmpty() && hardware.nics().isEmpty()
                            ? "nothing, it has no devices"
                            : names(hardware)));
        }
        List<ObjectId> claims = new ArrayList<>(List.of(vm.id()));
        List<Step> steps = new ArrayList<>();
        PlugStep.Arguments out = new PlugStep.Arguments(vm.id(), disk.orElse(null), nic.orElse(null), false);
        steps.add(new Step("plug " + device + " out of " + vm.id(), PlugStep.KIND, out));
        steps.add(new Step(
                "note that " + vm.id() + " has no " + device,
                HardwareStep.KIND,
                new HardwareStep.Arguments(vm.id(), hardware, hardware.without(device))));
        if (disk.isPresent()) {
            steps.add(DiskSteps.remove(vm.id(), List.of(disk.get().disk()), true));
            if (!disk.get().readOnly()) {
                claims.add(disk.get().disk());
            }
        }
        return new Plan(claims, steps);
    }

    private static String names(Hardware hardware) {
        return String.join(
                ", ",
                Stream.concat(
                                hardware.disks().stream().map(VmDisk::device),
                                hardware.nics().stream().map(VmNic::device))
                        .toList());
    }

    @Override
    public VmChanged result(OneDevice parameters, Plan plan, Snapshot after) {
        return new VmChanged(parameters.id(), "has no " + parameters.device() + " any more");
    }

    @Override
    public List<String> clusters(OneDevice parameters, Plan plan, Snapshot snapshot) {
        return Lookup.clusters(Lookup.hosts(parameters.id(), snapshot), snapshot);
    }
}

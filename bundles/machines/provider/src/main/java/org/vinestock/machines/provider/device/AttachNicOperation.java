package org.vinestock.machines.provider.device;

import java.util.List;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.DeviceOperations;
import org.vinestock.machines.DeviceOperations.AttachNic;
import org.vinestock.machines.MachineOperations.VmChanged;
import org.vinestock.machines.hardware.Hardware;
import org.vinestock.machines.hardware.VmNic;
import org.vinestock.machines.provider.hardware.Macs;
import org.vinestock.machines.provider.vm.Lookup;
import org.vinestock.machines.site.Vm;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/** {@code vm.attach-nic}. */
final class AttachNicOperation implements Operation<AttachNic, VmChanged> {
    @Override
    public OperationType<AttachNic, VmChanged> type() {
        return DeviceOperations.ATTACH_NIC;
    }

    @Override
    public Plan plan(AttachNic parameters, Planning planning) {
        Snapshot snapshot = planning.snapshot();
        Vm vm = Lookup.vm(parameters.id(), snapshot);
        Lookup.place(vm, snapshot);
        String device = DeviceNames.checked(parameters.device(), "net", vm.hardware());
        Macs macs = new Macs(snapshot);
        String mac = parameters.mac() == null ? macs.of(vm.id(), device) : macs.asked(parameters.mac());
        VmNic nic = new VmNic(device, mac, parameters.network());
        Hardware with = vm.hardware().with(nic);
        return new Plan(
                List.of(vm.id()),
                List.of(
                        new Step(
                                "plug " + device + " into " + vm.id(),
                                PlugStep.KIND,
                                PlugStep.Arguments.of(vm.id(), nic, true)),
                        new Step(
                                "note that " + vm.id() + " has " + device,
                                HardwareStep.KIND,
                                new HardwareStep.Arguments(vm.id(), vm.hardware(), with))));
    }

    @Override
    public VmChanged result(AttachNic parameters, Plan plan, Snapshot after) {
        List<VmNic> nics = Lookup.vm(parameters.id(), after).hardware().nics();
        VmNic last = nics.get(nics.size() - 1);
        return new VmChanged(parameters.id(), "has " + last.device() + " (" + last.network() + ", " + last.mac() + ")");
    }

    @Override
    public List<String> clusters(AttachNic parameters, Plan plan, Snapshot snapshot) {
        return Lookup.clusters(Lookup.hosts(parameters.id(), snapshot), snapshot);
    }
}

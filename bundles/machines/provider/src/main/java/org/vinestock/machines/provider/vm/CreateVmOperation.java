package org.vinestock.machines.provider.vm;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.MachineOperations.CreateVm;
import org.vinestock.machines.MachineOperations.VmCreated;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.VmSpec;
import org.vinestock.machines.provider.hardware.NewHardware;
import org.vinestock.machines.provider.step.MakeStep;
import org.vinestock.machines.provider.step.OnVm;
import org.vinestock.machines.provider.step.PlaceStep;
import org.vinestock.machines.provider.step.PowerStep;
import org.vinestock.machines.provider.step.WantStep;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.Operation;
import org.vinestock.operation.OperationType;
import org.vinestock.operation.Plan;
import org.vinestock.operation.Planning;
import org.vinestock.operation.Step;

/**
 * {@code vm.create}. The VM should run only once it does: whoever sees one that is off and should run may start it.
 */
final class CreateVmOperation implements Operation<CreateVm, VmCreated> {
    @Override
    public OperationType<CreateVm, VmCreated> type() {
        return MachineOperations.CREATE_VM;
    }

    @Override
    public Plan plan(CreateVm parameters, Planning planning) {
        VmId id = name(parameters.id(), planning);
        NewHardware built = NewHardware.of(id, parameters, planning.snapshot());
        VmSpec spec = new VmSpec(
                id, millicores(parameters.cores()), parameters.memory(), parameters.labels(), built.hardware());
        Vm vm = new Vm(id, spec.millicores(), spec.memory(), spec.labels(), PowerState.STOPPED, null, built.hardware());
        List<ObjectId> claims = new ArrayList<>(List.of(id));
        claims.addAll(built.claims());
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("place " + id, PlaceStep.KIND, new PlaceStep.Arguments(vm, false, built.where())));
        steps.addAll(built.make());
        steps.addAll(Lookup.served(vm));
        steps.add(new Step("make " + id, MakeStep.KIND, new OnVm(id)));
        steps.add(new Step("start " + id, PowerStep.KIND, new PowerStep.Arguments(id, PowerState.RUNNING)));
        steps.add(new Step(
                "keep " + id + " running",
                WantStep.KIND,
                new WantStep.Arguments(id, PowerState.STOPPED, PowerState.RUNNING)));
        return new Plan(claims, steps);
    }

    private static VmId name(@Nullable VmId wanted, Planning planning) {
        Snapshot snapshot = planning.snapshot();
        if (wanted == null) {
            VmId made = new VmId(planning.newId("vm"));
            while (isTaken(made, snapshot)) {
                made = new VmId(planning.newId("vm"));
            }
            return made;
        }
        Optional<ObservedVm> seen = snapshot.rows(SiteKinds.VM_OBSERVED).find(wanted);
        if (isTaken(wanted, snapshot)) {
            String where = seen.isPresent() ? " on " + seen.get().host() : "";
            throw new IllegalArgumentException("id: VM \"" + wanted + "\" is there already" + where
                    + "; accepted: another name, or none to have one made up");
        }
        return wanted;
    }

    private static boolean isTaken(VmId id, Snapshot snapshot) {
        return snapshot.rows(SiteKinds.VM).find(id).isPresent()
                || snapshot.rows(SiteKinds.VM_OBSERVED).find(id).isPresent();
    }

    private static long millicores(BigDecimal cores) {
        try {
            return cores.movePointRight(3).longValueExact();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "cores: " + cores.toPlainString() + " is too fine; accepted: thousandths, such as 0.125", e);
        }
    }

    @Override
    public VmCreated result(CreateVm parameters, Plan plan, Snapshot after) {
        VmId id = new VmId(plan.claims().get(0).value());
        @Nullable HostId host = Lookup.vm(id, after).host();
        if (host == null) {
            throw new VinestockException(MachineError.CHANGED_MEANWHILE, id + " lost its place meanwhile");
        }
        return new VmCreated(id, host);
    }
}

package org.vinestock.machines.provider.restart;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.HostState;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.provider.fleet.HostStates;
import org.vinestock.machines.provider.hardware.Whereabouts;
import org.vinestock.machines.site.HostVms;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VmId;
import org.vinestock.operation.Controller;
import org.vinestock.operation.Next;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.PlacementQuestion;

/**
 * Restarts VMs that should run and do not: after the loss of a host, or of their place, they are placed anew and started
 * elsewhere; a VM that is off on a host that answers is started there. One that is paused stays so: somebody wanted that, or a
 * disk failed, which no restart repairs. One that should be off and runs is stopped: its start was cut off, and could not be
 * taken back. Looks at a VM when how it is seen or what it should be changes, at a
 * host's VMs when the host goes or comes, at all of them at start.
 */
public final class RestartController implements Controller {
    private static final Duration NO_ROOM = Duration.ofSeconds(10);
    private static final Duration REPORTED = Duration.ofSeconds(1);

    @Override
    public String name() {
        return "machines.restart";
    }

    @Override
    public List<ObjectId> objects(Snapshot snapshot) {
        List<ObjectId> affected = new ArrayList<>();
        for (Vm vm : snapshot.rows(SiteKinds.VM)) {
            if (isAffected(vm, snapshot)) {
                affected.add(vm.id());
            }
        }
        return affected;
    }

    @Override
    public List<ObjectId> wokenBy(Change change, Snapshot snapshot) {
        if (change instanceof Change.Put<?> put && put.value() instanceof ObservedVm seen) {
            return affected(seen.id(), snapshot);
        }
        if (change instanceof Change.Put<?> put && put.value() instanceof Vm vm) {
            return affected(vm.id(), snapshot);
        }
        if (!change.kind().equals(SiteKinds.HOST_OBSERVED)) {
            return List.of();
        }
        List<ObjectId> affected = new ArrayList<>();
        for (VmId vm : HostVms.of(snapshot)
                .on(snapshot.hosts().row(new HostId(change.id().value())))) {
            affected.addAll(affected(vm, snapshot));
        }
        return affected;
    }

    private static List<ObjectId> affected(VmId id, Snapshot snapshot) {
        return snapshot.rows(SiteKinds.VM)
                .find(id)
                .filter(vm -> isAffected(vm, snapshot))
                .map(vm -> List.<ObjectId>of(vm.id()))
                .orElse(List.of());
    }

    @Override
    public Next look(ObjectId object, Snapshot snapshot, Instant now) {
        Optional<Vm> found = snapshot.rows(SiteKinds.VM).find(object);
        if (found.isEmpty() || !isAffected(found.get(), snapshot)) {
            return new Next.Settled();
        }
        Vm vm = found.get();
        @Nullable HostId host = vm.host();
        MachineOperations.OneVm which = new MachineOperations.OneVm(new VmId(object.value()));
        if (vm.power() == PowerState.STOPPED) {
            return new Next.Run<>(MachineOperations.STOP_VM, new MachineOperations.StopVm(which.id(), true));
        }
        if (host != null && !HostStates.isDown(host, snapshot)) {
            return new Next.Run<>(MachineOperations.START_VM, which);
        }
        return hasRoom(vm, snapshot)
                ? new Next.Run<>(MachineOperations.RECOVER_VM, which)
                : new Next.LookAgain(NO_ROOM);
    }

    /** A VM that was just started or stopped is seen to be as it was until its host reports again. */
    @Override
    public Duration patience(Next.Run<?> run) {
        return run.operation().equals(MachineOperations.RECOVER_VM) ? Duration.ZERO : REPORTED;
    }

    /** Whether a VM should run and has no place, or is seen on its host otherwise than it should be. */
    private static boolean isAffected(Vm vm, Snapshot snapshot) {
        @Nullable HostId host = vm.host();
        if (host == null || HostStates.isDown(host, snapshot)) {
            return vm.power() == PowerState.RUNNING;
        }
        Optional<ObservedVm> seen = snapshot.rows(SiteKinds.VM_OBSERVED).find(vm.id());
        return seen.isPresent()
                && seen.get().host().equals(host)
                && isOtherwise(seen.get().power(), vm.power())
                && snapshot.rows(SiteKinds.HOST_OBSERVED)
                        .find(host)
                        .filter(row -> row.state() == HostState.UP)
                        .isPresent();
    }

    /** One that is paused is neither to be started nor as it should be if it is to be off. */
    private static boolean isOtherwise(PowerState seen, PowerState wanted) {
        return wanted == PowerState.RUNNING ? seen == PowerState.STOPPED : seen != PowerState.STOPPED;
    }

    private static boolean hasRoom(Vm vm, Snapshot snapshot) {
        Whereabouts where = Whereabouts.of(vm, snapshot);
        if (where.isNowhere()) {
            return false;
        }
        PlacementQuestion question =
                new PlacementQuestion(vm.id(), vm.millicores(), vm.size(), vm.labels(), null, List.of(), where.only());
        return new HostScan(question, snapshot).fitting().size() > 0;
    }
}

package org.vinestock.machines.provider.vm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vinestock.disk.Disk;
import org.vinestock.disk.DiskSteps;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.provider.fleet.HostStates;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.operation.Expense;
import org.vinestock.operation.Step;

/** Finds what people name, and says what there is instead. */
public final class Lookup {
    private static final int NAMED = 6;

    private Lookup() {}

    /**
     * Finds a host.
     *
     * @throws IllegalArgumentException naming it and some that are there
     */
    public static Host host(HostId id, Snapshot snapshot) {
        return snapshot.rows(SiteKinds.HOST).find(id).orElseThrow(() -> {
            List<String> some = new ArrayList<>();
            for (Host host : snapshot.rows(SiteKinds.HOST)) {
                if (some.size() == NAMED) {
                    some.add("... (" + snapshot.rows(SiteKinds.HOST).size() + " in all)");
                    break;
                }
                some.add(host.id().value());
            }
            return new IllegalArgumentException("host: there is no host \"" + id + "\"; accepted: "
                    + (some.isEmpty() ? "none, the site has no hosts yet" : String.join(", ", some)));
        });
    }

    /**
     * Finds a VM as people want it.
     *
     * @throws IllegalArgumentException naming it
     */
    public static Vm vm(VmId id, Snapshot snapshot) {
        return snapshot.rows(SiteKinds.VM).find(id).orElseThrow(() -> unknown(id));
    }

    static IllegalArgumentException unknown(VmId id) {
        return new IllegalArgumentException("id: there is no VM \"" + id + "\"; accepted: one of vm:list");
    }

    /** The hosts where a VM should be and where it is: none, one or two. */
    public static List<HostId> hosts(VmId id, Snapshot snapshot) {
        List<HostId> hosts = new ArrayList<>();
        snapshot.rows(SiteKinds.VM).find(id).map(Vm::host).ifPresent(hosts::add);
        Optional<ObservedVm> seen = snapshot.rows(SiteKinds.VM_OBSERVED).find(id);
        if (seen.isPresent() && !hosts.contains(seen.get().host())) {
            hosts.add(seen.get().host());
        }
        return hosts;
    }

    /**
     * Returns where a VM should be, if that host answers.
     *
     * @throws VinestockException {@code HOST_UNREACHABLE} if it is down, {@code VM_NOT_THERE} if the VM has no place
     */
    public static HostId place(Vm vm, Snapshot snapshot) {
        @Nullable HostId host = vm.host();
        if (host == null) {
            throw new VinestockException(
                    MachineError.VM_NOT_THERE, vm.id() + " has no host now; vm:recover " + vm.id() + " finds it one");
        }
        requireUp(vm.id(), host, snapshot);
        return host;
    }

    static void requireUp(VmId vm, HostId host, Snapshot snapshot) {
        if (HostStates.isDown(host, snapshot)) {
            throw new VinestockException(
                    MachineError.HOST_UNREACHABLE,
                    vm + " is on " + host + ", which is down; wait until it answers or vm:recover " + vm);
        }
    }

    /** The names of the clusters of some hosts. */
    public static List<String> clusters(List<HostId> hosts, Snapshot snapshot) {
        List<String> clusters = new ArrayList<>();
        for (HostId id : hosts) {
            Optional<Host> host = snapshot.rows(SiteKinds.HOST).find(id);
            if (host.isPresent() && !clusters.contains(host.get().cluster().value())) {
                clusters.add(host.get().cluster().value());
            }
        }
        return clusters;
    }

    /** The step that serves a VM's disks before it needs them; none if it has none. */
    static List<Step> served(Vm vm) {
        return vm.hardware().disks().isEmpty() ? List.of() : List.of(DiskSteps.serve(vm.id()));
    }

    /**
     * What a task claims that removes a VM: the VM, and the disks that are its own.
     *
     * @param vm null if nobody asked for it
     */
    static List<ObjectId> claims(VmId id, @Nullable Vm vm, Snapshot snapshot) {
        List<ObjectId> claims = new ArrayList<>();
        claims.add(id);
        for (VmDisk each : vm == null ? List.<VmDisk>of() : vm.hardware().disks()) {
            boolean made = snapshot.rows(Disk.KIND)
                    .find(each.disk())
                    .filter(disk -> id.equals(disk.madeFor()))
                    .isPresent();
            if (made || !each.readOnly()) {
                claims.add(each.disk());
            }
        }
        return claims;
    }

    /** What it takes to start a VM that should run; nothing if it should not. */
    static Optional<Expense> restart(VmId id, Snapshot snapshot) {
        return snapshot.rows(SiteKinds.VM)
                .find(id)
                .filter(vm -> vm.power() == PowerState.RUNNING)
                .map(vm -> new Expense(Expense.Acting.RESTART, id));
    }
}

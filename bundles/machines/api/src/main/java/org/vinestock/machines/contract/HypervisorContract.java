package org.vinestock.machines.contract;

import static org.vinestock.machines.contract.HostTrial.demand;
import static org.vinestock.machines.contract.HostTrial.lease;
import static org.vinestock.machines.contract.HostTrial.same;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.vinestock.decision.Check;
import org.vinestock.machines.HostReport;
import org.vinestock.machines.Machine;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.Offer;
import org.vinestock.machines.PowerAction;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.VmSpec;
import org.vinestock.machines.hardware.DiskBus;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.hardware.Hardware;
import org.vinestock.machines.hardware.KernelBoot;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.hardware.VmNic;
import org.vinestock.model.ByteCount;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.time.Cancellable;

/** What {@link org.vinestock.machines.Hypervisor} and {@link Machine} promise, as checks on hosts without VMs. */
public final class HypervisorContract {
    private HypervisorContract() {}

    /** All checks. */
    public static List<Check<TriedHost>> checks() {
        return List.of(
                check("reports what it is and, at first, no VM", HypervisorContract::reportsItself),
                check("makes a VM powered off, of the size asked for", HypervisorContract::makesAVm),
                check("makes a VM once, however often it is asked", HypervisorContract::makesItOnce),
                check("does not make a VM again with another size", HypervisorContract::refusesAnotherSize),
                check("starts, shuts down and stops a VM, also when asked twice", HypervisorContract::powers),
                check("pauses, resumes and resets a VM, also when asked twice", HypervisorContract::pauses),
                check("leaves a VM that is off as it is", HypervisorContract::leavesOneThatIsOff),
                check("makes all that a VM is built of, or refuses it in words", HypervisorContract::makesAllOrRefuses),
                check("says that a VM is not there when asked to start it", HypervisorContract::missesAVm),
                check("deletes a VM that runs, also when asked twice", HypervisorContract::deletes),
                check("finds the VMs that are there and no others", HypervisorContract::finds),
                check("reports VMs in order of their names", HypervisorContract::reportsInOrder),
                check("refuses an older epoch and changes nothing", HypervisorContract::refusesOlderEpochs),
                check("refuses an older epoch of a VM that is gone", HypervisorContract::remembersEpochs),
                check(
                        "refuses what was asked before a removal, also if nothing was there",
                        HypervisorContract::removes),
                check("keeps epochs of VMs apart", HypervisorContract::keepsEpochsApart),
                check("lets a newer holder win over a call that is under way", HypervisorContract::newerHolderWins),
                check("wakes after each change, and not once cancelled", HypervisorContract::wakes),
                check("says why a capability is missing", HypervisorContract::offersCapabilities),
                check("reports what a hundred calls in a row lead to", HypervisorContract::followsManyCalls));
    }

    private interface Interface {}

    private static void reportsItself(HostTrial trial) {
        HostReport report = trial.report();
        same(trial.hypervisor.host(), report.host(), "the host in its report");
        demand(report.millicores() > 0, "millicores " + report.millicores());
        demand(report.memory().bytes() > 0, "memory " + report.memory());
        demand(report.load() >= 0 && report.load() <= 1, "load " + report.load());
        same(List.of(), report.machines(), "machines");
    }

    private static void makesAVm(HostTrial trial) {
        VmSpec spec = trial.spec("vm-1");
        Machine made = trial.create(spec, 1);
        same(spec.id(), made.id(), "the machine's id");
        same(found(spec, PowerState.STOPPED), trial.found(spec.id()), "the VM in the report");
    }

    private static void makesItOnce(HostTrial trial) {
        VmSpec spec = trial.spec("vm-1");
        Machine made = trial.create(spec, 1);
        trial.power(made, PowerAction.START, 1);
        trial.create(spec, 1);
        same(List.of(found(spec, PowerState.RUNNING)), trial.report().machines(), "machines after a second create");
        CompletionStage<Machine> one = trial.hypervisor.create(trial.spec("vm-2"), lease(new VmId("vm-2"), 1));
        trial.settled(one);
        same(2, trial.report().machines().size(), "the number of machines");
    }

    private static void refusesAnotherSize(HostTrial trial) {
        VmSpec spec = trial.spec("vm-1");
        trial.create(spec, 1);
        VmSpec other = new VmSpec(
                spec.id(), spec.millicores() + 1, new ByteCount(spec.memory().bytes() * 2), spec.labels());
        Throwable failure = trial.failure(trial.hypervisor.create(other, lease(spec.id(), 1)));
        demand(failure != null, "a second create with another size succeeded");
        same(found(spec, PowerState.STOPPED), trial.found(spec.id()), "the VM afterwards");
    }

    private static void powers(HostTrial trial) {
        VmSpec spec = trial.spec("vm-1");
        Machine machine = trial.create(spec, 1);
        for (PowerAction off : List.of(PowerAction.SHUT_DOWN, PowerAction.STOP)) {
            trial.power(machine, PowerAction.START, 1);
            trial.power(machine, PowerAction.START, 1);
            same(found(spec, PowerState.RUNNING), trial.found(spec.id()), "the VM after START");
            trial.power(machine, off, 1);
            trial.power(machine, off, 1);
            same(found(spec, PowerState.STOPPED), trial.found(spec.id()), "the VM after " + off);
        }
    }

    private static void pauses(HostTrial trial) {
        VmSpec spec = trial.spec("vm-1");
        Machine machine = trial.create(spec, 1);
        trial.power(machine, PowerAction.START, 1);
        for (int i = 0; i < 2; i++) {
            trial.power(machine, PowerAction.PAUSE, 1);
            same(found(spec, PowerState.PAUSED), trial.found(spec.id()), "the VM after PAUSE");
        }
        trial.refused(machine.power(PowerAction.RESUME, lease(spec.id(), 0)), MachineError.STALE_EPOCH);
        for (int i = 0; i < 2; i++) {
            trial.power(machine, PowerAction.RESUME, 1);
            same(found(spec, PowerState.RUNNING), trial.found(spec.id()), "the VM after RESUME");
        }
        trial.power(machine, PowerAction.RESET, 1);
        same(found(spec, PowerState.RUNNING), trial.found(spec.id()), "the VM after RESET");
        trial.power(machine, PowerAction.PAUSE, 1);
        trial.power(machine, PowerAction.STOP, 1);
        same(found(spec, PowerState.STOPPED), trial.found(spec.id()), "a VM that was paused after STOP");
        trial.power(machine, PowerAction.START, 1);
        same(found(spec, PowerState.RUNNING), trial.found(spec.id()), "a VM that was paused after STOP and START");
    }

    private static void leavesOneThatIsOff(HostTrial trial) {
        VmSpec spec = trial.spec("vm-1");
        Machine machine = trial.create(spec, 1);
        for (PowerAction action : List.of(PowerAction.PAUSE, PowerAction.RESUME, PowerAction.RESET)) {
            trial.power(machine, action, 1);
            same(found(spec, PowerState.STOPPED), trial.found(spec.id()), "a VM that is off after " + action);
        }
    }

    private static void makesAllOrRefuses(HostTrial trial) {
        VmDisk disk = new VmDisk("root", new DiskId("disk-1"), DiskBus.VIRTIO, false);
        VmNic nic = new VmNic("net0", "52:54:00:00:00:01", VmNic.ISOLATED);
        KernelBoot kernel = new KernelBoot("/nowhere/vmlinuz", "", "quiet");
        List<Hardware> all =
                List.of(Hardware.NONE.with(disk), Hardware.NONE.with(nic), new Hardware(List.of(), List.of(), kernel));
        for (Hardware hardware : all) {
            VmSpec plain = trial.spec("vm-" + all.indexOf(hardware));
            VmSpec spec = new VmSpec(plain.id(), plain.millicores(), plain.memory(), plain.labels(), hardware);
            Throwable failure = trial.failure(trial.hypervisor.create(spec, lease(spec.id(), 1)));
            if (failure == null) {
                same(found(spec, PowerState.STOPPED), trial.found(spec.id()), "the VM with " + hardware);
            } else {
                demand(
                        failure instanceof VinestockException
                                && !String.valueOf(failure.getMessage()).isBlank(),
                        "a VM with " + hardware + " was refused with " + failure);
                demand(trial.found(spec.id()) == null, "something of a VM that was refused is there");
            }
        }
    }

    private static void missesAVm(HostTrial trial) {
        Machine machine = trial.create(trial.spec("vm-1"), 1);
        trial.delete(machine, 1);
        trial.refused(machine.power(PowerAction.START, lease(machine.id(), 1)), MachineError.VM_NOT_THERE);
    }

    private static void deletes(HostTrial trial) {
        Machine machine = trial.create(trial.spec("vm-1"), 1);
        trial.power(machine, PowerAction.START, 1);
        trial.delete(machine, 1);
        same(List.of(), trial.report().machines(), "machines after delete");
        trial.delete(machine, 1);
        trial.create(trial.spec("vm-1"), 2);
        same(1, trial.report().machines().size(), "machines after it was made anew");
    }

    private static void finds(HostTrial trial) {
        VmId vm = new VmId("vm-1");
        demand(trial.hypervisor.find(vm).isEmpty(), "a VM was found before it was made");
        trial.create(trial.spec("vm-1"), 1);
        Machine found = trial.hypervisor.find(vm).orElseThrow(() -> new AssertionError("vm-1 was not found"));
        same(vm, found.id(), "the id of what was found");
        demand(trial.hypervisor.find(new VmId("vm-2")).isEmpty(), "vm-2 was found and never made");
        trial.delete(found, 1);
        demand(trial.hypervisor.find(vm).isEmpty(), "a VM was found after it was deleted");
    }

    private static void reportsInOrder(HostTrial trial) {
        for (String name : List.of("vm-9", "vm-1", "vm-10", "a", "vm-2")) {
            trial.create(trial.spec(name), 1);
        }
        List<String> names = trial.report().machines().stream()
                .map(found -> found.id().value())
                .toList();
        same(List.of("a", "vm-1", "vm-10", "vm-2", "vm-9"), names, "the order");
    }

    private static void refusesOlderEpochs(HostTrial trial) {
        VmSpec spec = trial.spec("vm-1");
        Machine machine = trial.create(spec, 5);
        trial.power(machine, PowerAction.START, 7);
        trial.refused(trial.hypervisor.create(spec, lease(spec.id(), 6)), MachineError.STALE_EPOCH);
        trial.refused(machine.power(PowerAction.STOP, lease(spec.id(), 6)), MachineError.STALE_EPOCH);
        trial.refused(machine.delete(lease(spec.id(), 6)), MachineError.STALE_EPOCH);
        same(found(spec, PowerState.RUNNING), trial.found(spec.id()), "the VM after three refusals");
        trial.delete(machine, 7);
        same(List.of(), trial.report().machines(), "machines after a call with the same epoch");
    }

    private static void remembersEpochs(HostTrial trial) {
        VmSpec spec = trial.spec("vm-1");
        trial.delete(trial.create(spec, 5), 6);
        trial.refused(trial.hypervisor.create(spec, lease(spec.id(), 5)), MachineError.STALE_EPOCH);
        same(List.of(), trial.report().machines(), "machines");
    }

    private static void removes(HostTrial trial) {
        VmSpec spec = trial.spec("vm-1");
        trial.remove(spec.id(), 5);
        trial.refused(trial.hypervisor.create(spec, lease(spec.id(), 4)), MachineError.STALE_EPOCH);
        same(List.of(), trial.report().machines(), "machines");
        trial.power(trial.create(spec, 6), PowerAction.START, 6);
        trial.remove(spec.id(), 6);
        same(List.of(), trial.report().machines(), "machines after one that ran was removed");
    }

    private static void keepsEpochsApart(HostTrial trial) {
        trial.create(trial.spec("vm-1"), 9);
        trial.create(trial.spec("vm-2"), 1);
        same(2, trial.report().machines().size(), "the number of machines");
    }

    private static void newerHolderWins(HostTrial trial) {
        VmSpec spec = trial.spec("vm-1");
        Machine machine = trial.create(spec, 1);
        CompletionStage<?> older = machine.power(PowerAction.START, lease(spec.id(), 1));
        CompletionStage<?> newer = machine.delete(lease(spec.id(), 2));
        trial.failure(older); // may have been quick enough
        trial.settled(newer);
        CompletionStage<?> create = trial.hypervisor.create(spec, lease(spec.id(), 2));
        CompletionStage<?> delete =
                trial.hypervisor.find(spec.id()).orElse(machine).delete(lease(spec.id(), 3));
        trial.failure(create);
        trial.settled(delete);
        same(List.of(), trial.report().machines(), "machines after the newer holder deleted it");
    }

    private static void wakes(HostTrial trial) {
        VmSpec spec = trial.spec("vm-1");
        trial.wakes("create", () -> trial.create(spec, 1));
        Machine machine = trial.hypervisor.find(spec.id()).orElseThrow(() -> new AssertionError("vm-1 was not found"));
        trial.wakes("START", () -> trial.power(machine, PowerAction.START, 1));
        trial.wakes("STOP", () -> trial.power(machine, PowerAction.STOP, 1));
        AtomicInteger afterCancel = new AtomicInteger();
        Cancellable registration = trial.hypervisor.onChange(afterCancel::incrementAndGet);
        registration.cancel();
        registration.cancel();
        trial.wakes("delete", () -> trial.delete(machine, 1));
        same(0, afterCancel.get(), "wakes of a listener that was cancelled");
    }

    private static void offersCapabilities(HostTrial trial) {
        Offer<Interface> offer = trial.create(trial.spec("vm-1"), 1).capability(Interface.class);
        demand(
                offer instanceof Offer.Missing<Interface> missing
                        && !missing.because().isBlank(),
                "a capability that nobody has was answered with " + offer);
    }

    private static void followsManyCalls(HostTrial trial) {
        SortedMap<String, HostReport.Found> expected = new TreeMap<>();
        List<VmSpec> specs = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            specs.add(trial.spec("vm-" + i));
        }
        for (int call = 1; call <= 100; call++) {
            VmSpec spec = specs.get(trial.random.nextInt(specs.size()));
            String name = spec.id().value();
            boolean there = expected.containsKey(name);
            Machine machine = trial.hypervisor.find(spec.id()).orElse(null);
            same(there, machine != null, spec.id() + " was found");
            if (machine == null) {
                trial.create(spec, call);
                expected.put(name, found(spec, PowerState.STOPPED));
            } else if (trial.random.nextInt(4) == 0) {
                trial.delete(machine, call);
                expected.remove(name);
            } else {
                PowerAction action = List.of(PowerAction.values()).get(trial.random.nextInt(3));
                trial.power(machine, action, call);
                expected.put(name, found(spec, action == PowerAction.START ? PowerState.RUNNING : PowerState.STOPPED));
            }
        }
        same(List.copyOf(expected.values()), trial.report().machines(), "machines after 100 calls");
    }

    private static HostReport.Found found(VmSpec spec, PowerState power) {
        return new HostReport.Found(spec.id(), power, spec.millicores(), spec.memory());
    }

    private static Check<TriedHost> check(String name, Consumer<HostTrial> promise) {
        return new Check<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void run(Supplier<TriedHost> fresh, RandomGenerator random) {
                promise.accept(new HostTrial(fresh.get(), random));
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }
}

package org.vinestock.qemu.host;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.vinestock.machines.Machine;
import org.vinestock.machines.Offer;
import org.vinestock.machines.PowerAction;
import org.vinestock.machines.capability.Balloon;
import org.vinestock.machines.capability.Console;
import org.vinestock.machines.capability.GuestAgent;
import org.vinestock.machines.capability.Happenings;
import org.vinestock.machines.capability.HotPlug;
import org.vinestock.machines.capability.Screen;
import org.vinestock.machines.capability.Statistics;
import org.vinestock.model.Lease;
import org.vinestock.model.VmId;
import org.vinestock.qemu.offer.VmBalloon;
import org.vinestock.qemu.offer.VmGuestAgent;
import org.vinestock.qemu.offer.VmScreen;
import org.vinestock.qemu.offer.VmStatistics;

/** A VM by its name: whichever is on the host when it is asked. */
record QemuMachine(QemuHost host, VmId id) implements Machine {
    @Override
    public CompletionStage<?> power(PowerAction action, Lease lease) {
        return host.power(id, action, lease);
    }

    @Override
    public CompletionStage<?> delete(Lease lease) {
        return host.remove(id, lease);
    }

    @Override
    public <C> Offer<C> capability(Class<C> type) {
        Optional<QemuVm> vm = host.vm(id);
        if (vm.isEmpty()) {
            return new Offer.Missing<>(id + " is not on " + host.host());
        }
        Object offered = offered(vm.get(), type);
        return offered == null
                ? new Offer.Missing<>("VMs of QEMU offer no " + type.getSimpleName())
                : new Offer.Present<>(type.cast(offered));
    }

    private static @org.jspecify.annotations.Nullable Object offered(QemuVm vm, Class<?> type) {
        if (type == Console.class) {
            return vm.console();
        } else if (type == Happenings.class) {
            return vm.happenings();
        } else if (type == Screen.class) {
            return new VmScreen(vm);
        } else if (type == Balloon.class) {
            return new VmBalloon(vm, vm::admit);
        } else if (type == Statistics.class) {
            return new VmStatistics(vm);
        } else if (type == GuestAgent.class) {
            return new VmGuestAgent(vm);
        } else if (type == HotPlug.class) {
            return new Plugging(vm);
        }
        return null;
    }
}

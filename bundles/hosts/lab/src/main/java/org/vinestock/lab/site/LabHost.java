package org.vinestock.lab.site;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.lab.site.Guests.Guest;
import org.vinestock.machines.HostReport;
import org.vinestock.machines.Hypervisor;
import org.vinestock.machines.Machine;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.PowerAction;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.VmSpec;
import org.vinestock.machines.hardware.Hardware;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Lease;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/**
 * A played host. A call is checked against the epochs when it arrives and once more when its labour is done, so a call
 * that was overtaken by a newer holder's changes nothing.
 *
 * <p>Its lock is its own monitor; listeners are woken outside of it, on the host's lane. A host that failed has lost its
 * power: it answers nothing, its VMs are off, and what was under way fails. It remembers its VMs and the epochs it saw.
 */
final class LabHost implements Hypervisor {
    /** Of how many VMs that are gone a host remembers the epoch. */
    static final int EPOCHS_OF_GONE_VMS = 1_000;

    private final HostId id;
    private final SiteShape shape;
    private final LabClock clock;
    private final Lane lane;
    private final Wakes wakes = new Wakes();
    private final Guests guests = new Guests();
    private final Map<String, Long> goneEpochs = new LinkedHashMap<>();
    private boolean failed;
    private @Nullable HostReport report;
    private long changes;

    LabHost(HostId id, SiteShape shape, LabClock clock, Lane lane) {
        this.id = id;
        this.shape = shape;
        this.clock = clock;
        this.lane = lane;
    }

    @Override
    public HostId host() {
        return id;
    }

    @Override
    public synchronized CompletionStage<HostReport> report() {
        if (failed) {
            return CompletableFuture.failedFuture(unreachable());
        }
        if (report == null) {
            report = new HostReport(id, shape.millicores(), shape.memory(), load(), guests.found(), true);
        }
        return CompletableFuture.completedFuture(report);
    }

    @Override
    public CompletionStage<Machine> create(VmSpec spec, Lease lease) {
        return act(spec.id(), lease, Labour.CREATE, () -> {
            Guest there = guests.find(spec.id());
            requirePlayable(spec);
            if (there == null) {
                long epoch = seen(spec.id());
                goneEpochs.remove(spec.id().value());
                guests.add(spec, PowerState.STOPPED, shape.seed(), clock.nanos())
                        .epoch(epoch);
                changed();
            } else if (!there.spec().equals(spec)) {
                throw new IllegalArgumentException(spec.id() + " is on " + id + " with " + sizes(there.spec())
                        + "; it cannot be created again with " + sizes(spec));
            }
            return new LabMachine(this, spec.id());
        });
    }

    private void requirePlayable(VmSpec spec) {
        Hardware hardware = spec.hardware();
        if (!hardware.isNone()) {
            String lacks = !hardware.disks().isEmpty()
                    ? "has no disks"
                    : !hardware.nics().isEmpty() ? "has no network" : "starts no kernels";
            throw new VinestockException(
                    MachineError.NOT_OFFERED, id + " is played and " + lacks + "; " + spec.id() + " needs a real host");
        }
    }

    @Override
    public synchronized Optional<Machine> find(VmId vm) {
        return guests.find(vm) != null ? Optional.of(new LabMachine(this, vm)) : Optional.empty();
    }

    @Override
    public CompletionStage<?> remove(VmId vm, Lease lease) {
        return delete(vm, lease);
    }

    @Override
    public Cancellable onChange(Runnable wake) {
        return wakes.add(wake);
    }

    CompletionStage<PowerState> power(VmId vm, PowerAction action, Lease lease) {
        Labour labour = switch (action) {
            case START -> Labour.START;
            case SHUT_DOWN -> Labour.SHUT_DOWN;
            case STOP -> Labour.STOP;
            case PAUSE, RESUME, RESET -> Labour.STOP;
        };
        return act(vm, lease, labour, () -> {
            Guest guest = guests.find(vm);
            if (guest == null) {
                throw new VinestockException(
                        MachineError.VM_NOT_THERE, vm + " is not on " + id + "; host:info " + id + " shows what is");
            }
            PowerState wanted = after(action, guest.power());
            if (guest.power() != wanted) {
                guests.power(guest, wanted, clock.nanos());
                changed();
            }
            return wanted;
        });
    }

    private static PowerState after(PowerAction action, PowerState before) {
        boolean isOff = before == PowerState.STOPPED;
        return switch (action) {
            case START -> isOff ? PowerState.RUNNING : before;
            case SHUT_DOWN, STOP -> PowerState.STOPPED;
            case PAUSE -> isOff ? before : PowerState.PAUSED;
            case RESUME -> isOff ? before : PowerState.RUNNING;
            case RESET -> before;
        };
    }

    CompletionStage<VmId> delete(VmId vm, Lease lease) {
        return act(vm, lease, Labour.DELETE, () -> {
            Guest gone = guests.find(vm);
            if (gone != null) {
                guests.remove(gone);
                remember(vm, gone.epoch());
                changed();
            }
            return vm;
        });
    }

    /** Takes over a VM that ran here before this object was made. */
    synchronized void adopt(ObservedVm vm, VmSpec spec) {
        guests.add(spec, vm.power(), shape.seed(), clock.nanos());
        changed();
    }

    /** Loses power. */
    void fail() {
        synchronized (this) {
            failed = true;
            guests.powerOff();
            changed();
        }
        wakes.wakeAll();
    }

    /** Answers again. */
    void heal() {
        synchronized (this) {
            failed = false;
            changed();
        }
        wakes.wakeAll();
    }

    synchronized boolean failed() {
        return failed;
    }

    synchronized int running() {
        return guests.running();
    }

    /** Measures the load. */
    void measure() {
        synchronized (this) {
            double before = load();
            guests.measure(clock.nanos());
            report = null; // whether or not somebody asked before, it says what is so now
            if (failed || Math.abs(before - load()) < 0.001) {
                return;
            }
            changed();
        }
        wakes.wakeAll();
    }

    private <T> CompletionStage<T> act(VmId vm, Lease lease, Labour labour, Supplier<T> effect) {
        if (!lease.object().kind().equals(vm.kind()) || !lease.object().value().equals(vm.value())) {
            throw new IllegalArgumentException("the lease is on "
                    + lease.object().kind() + " " + lease.object().value() + "; accepted: a lease on " + vm);
        }
        CompletableFuture<T> done = new CompletableFuture<>();
        synchronized (this) {
            RuntimeException refusal = refusal(vm, lease);
            if (refusal != null) {
                return CompletableFuture.failedFuture(refusal);
            }
            remember(vm, lease.epoch());
        }
        clock.afterLabour(labour.of(vm, shape.seed()), lane, () -> finish(vm, lease, effect, done));
        return done;
    }

    private <T> void finish(VmId vm, Lease lease, Supplier<T> effect, CompletableFuture<T> done) {
        T result = null;
        RuntimeException refusal;
        boolean woken;
        synchronized (this) {
            long before = changes;
            refusal = refusal(vm, lease);
            if (refusal == null) {
                try {
                    result = effect.get();
                } catch (IllegalArgumentException | VinestockException e) {
                    refusal = e;
                }
            }
            woken = changes != before;
        }
        if (refusal != null) {
            done.completeExceptionally(refusal);
        } else {
            done.complete(result);
        }
        if (woken) {
            wakes.wakeAll();
        }
    }

    private @Nullable RuntimeException refusal(VmId vm, Lease lease) {
        if (failed) {
            return unreachable();
        }
        long seen = seen(vm);
        return lease.epoch() >= seen
                ? null
                : new VinestockException(
                        MachineError.STALE_EPOCH,
                        lease.holder() + " acts on " + vm + " at " + id + " with epoch " + lease.epoch()
                                + ", but epoch " + seen + " has been seen there; another task took over");
    }

    private long seen(VmId vm) {
        Guest guest = guests.find(vm);
        return guest != null ? guest.epoch() : goneEpochs.getOrDefault(vm.value(), 0L);
    }

    private void remember(VmId vm, long epoch) {
        Guest guest = guests.find(vm);
        if (guest != null) {
            guest.epoch(epoch);
            return;
        }
        goneEpochs.remove(vm.value());
        goneEpochs.put(vm.value(), epoch);
        if (goneEpochs.size() > EPOCHS_OF_GONE_VMS) {
            goneEpochs.remove(goneEpochs.keySet().iterator().next());
        }
    }

    private double load() {
        return Math.min(1, (double) guests.usedMillicores() / shape.millicores());
    }

    private void changed() {
        changes++;
        report = null;
    }

    private VinestockException unreachable() {
        return new VinestockException(
                MachineError.HOST_UNREACHABLE, id + " does not answer; lab:heal " + id + " gives it power again");
    }

    private static String sizes(VmSpec spec) {
        return spec.millicores() + " millicores, " + new ByteCount(spec.memory().bytes()) + " and labels "
                + spec.labels().values();
    }
}

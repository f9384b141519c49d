package org.vinestock.lab.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.HostReport;
import org.vinestock.machines.Hypervisor;
import org.vinestock.machines.Machine;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.PowerAction;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.VmSpec;
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
    private final SortedMap<String, Guest> guests = new TreeMap<>();
    private final Map<String, Long> goneEpochs = new LinkedHashMap<>();
    private boolean failed;
    private long usedMillicores;
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
            List<HostReport.Found> found = new ArrayList<>(guests.size());
            for (Guest guest : guests.values()) {
                VmSpec spec = guest.spec;
                found.add(new HostReport.Found(spec.id(), guest.power, spec.millicores(), spec.memory()));
            }
            report = new HostReport(id, shape.millicores(), shape.memory(), load(), found, true);
        }
        return CompletableFuture.completedFuture(report);
    }

    @Override
    public CompletionStage<Machine> create(VmSpec spec, Lease lease) {
        return act(spec.id(), lease, Labour.CREATE, () -> {
            Guest there = guests.get(spec.id().value());
            if (there == null) {
                long epoch = seen(spec.id());
                goneEpochs.remove(spec.id().value());
                Guest made = new Guest(spec, PowerState.STOPPED, LoadCurve.of(spec.id(), shape.seed()));
                made.epoch = epoch;
                guests.put(spec.id().value(), made);
                changed();
            } else if (!there.spec.equals(spec)) {
                throw new IllegalArgumentException(spec.id() + " is on " + id + " with " + sizes(there.spec)
                        + "; it cannot be created again with " + sizes(spec));
            }
            return new LabMachine(this, spec.id());
        });
    }

    @Override
    public synchronized Optional<Machine> find(VmId vm) {
        return guests.containsKey(vm.value()) ? Optional.of(new LabMachine(this, vm)) : Optional.empty();
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
        };
        PowerState wanted = action == PowerAction.START ? PowerState.RUNNING : PowerState.STOPPED;
        return act(vm, lease, labour, () -> {
            Guest guest = guests.get(vm.value());
            if (guest == null) {
                throw new VinestockException(
                        MachineError.VM_NOT_THERE, vm + " is not on " + id + "; host:info " + id + " shows what is");
            }
            if (guest.power != wanted) {
                guest.power = wanted;
                use(guest);
                changed();
            }
            return wanted;
        });
    }

    CompletionStage<VmId> delete(VmId vm, Lease lease) {
        return act(vm, lease, Labour.DELETE, () -> {
            Guest gone = guests.remove(vm.value());
            if (gone != null) {
                remember(vm, gone.epoch);
                usedMillicores -= gone.used;
                changed();
            }
            return vm;
        });
    }

    /** Takes over a VM that ran here before this object was made. */
    synchronized void adopt(ObservedVm vm, VmSpec spec) {
        Guest guest = new Guest(spec, vm.power(), LoadCurve.of(vm.id(), shape.seed()));
        guests.put(vm.id().value(), guest);
        use(guest);
        changed();
    }

    /** Loses power. */
    void fail() {
        synchronized (this) {
            failed = true;
            for (Guest guest : guests.values()) {
                guest.power = PowerState.STOPPED;
                use(guest);
            }
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
        return (int) guests.values().stream()
                .filter(guest -> guest.power == PowerState.RUNNING)
                .count();
    }

    /** Measures the load. */
    void measure() {
        synchronized (this) {
            double before = load();
            guests.values().forEach(this::use);
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
        Guest guest = guests.get(vm.value());
        return guest != null ? guest.epoch : goneEpochs.getOrDefault(vm.value(), 0L);
    }

    private void remember(VmId vm, long epoch) {
        Guest guest = guests.get(vm.value());
        if (guest != null) {
            guest.epoch = epoch;
            return;
        }
        goneEpochs.remove(vm.value());
        goneEpochs.put(vm.value(), epoch);
        if (goneEpochs.size() > EPOCHS_OF_GONE_VMS) {
            goneEpochs.remove(goneEpochs.keySet().iterator().next());
        }
    }

    /** Counts what a VM uses now. */
    private void use(Guest guest) {
        usedMillicores -= guest.used;
        guest.used = guest.power == PowerState.RUNNING
                ? Math.round(guest.spec.millicores() * guest.curve.at(clock.nanos()))
                : 0;
        usedMillicores += guest.used;
    }

    private double load() {
        return Math.min(1, (double) usedMillicores / shape.millicores());
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

    /** A VM; guarded by the host's monitor. */
    private static final class Guest {
        final VmSpec spec;
        final LoadCurve curve;
        PowerState power;
        long epoch;
        long used;

        Guest(VmSpec spec, PowerState power, LoadCurve curve) {
            this.spec = spec;
            this.power = power;
            this.curve = curve;
        }
    }
}

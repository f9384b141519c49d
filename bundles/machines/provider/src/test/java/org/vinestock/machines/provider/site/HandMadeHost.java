package org.vinestock.machines.provider.site;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.HostFacts;
import org.vinestock.machines.HostReport;
import org.vinestock.machines.Hypervisor;
import org.vinestock.machines.Machine;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.Offer;
import org.vinestock.machines.PowerAction;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.VmSpec;
import org.vinestock.machines.capability.Balloon;
import org.vinestock.machines.capability.HotPlug;
import org.vinestock.machines.capability.Screen;
import org.vinestock.machines.hardware.DiskId;
import org.vinestock.machines.hardware.Hardware;
import org.vinestock.machines.hardware.VmDisk;
import org.vinestock.machines.hardware.VmNic;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.Lease;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/** A host that keeps its VMs in a map. Every call takes 10 ms; a host without power answers nothing and its VMs are off. */
public final class HandMadeHost implements Hypervisor {
    private static final Duration TAKES = Duration.ofMillis(10);

    public final TreeMap<String, Guest> guests = new TreeMap<>();

    /** Whether VMs can be switched on. */
    public boolean starts = true;

    public double load;
    /** Whether it says that it is only played; then it has no disks, networks and kernels. */
    public boolean played = true;

    public HostFacts facts = HostFacts.NONE;
    /** Whether it can be plugged into while VMs run. */
    public boolean plugs = true;
    /** What the screens of its VMs show; none if there is nothing. */
    public byte[] picture = {};
    /** Whether a disk is served here. */
    public Predicate<DiskId> serves = disk -> false;

    private final HostId id;
    private final long millicores;
    private final ByteCount memory;
    private final Scheduler scheduler;
    private final Lane lane;
    private final List<Runnable> wakes = new ArrayList<>();
    private final TreeMap<String, Long> epochs = new TreeMap<>();
    private boolean power = true;
    private Duration late = Duration.ZERO;
    private boolean deaf;
    private @Nullable HostReport stale;

    public static final class Guest {
        public final VmSpec spec;
        public PowerState power = PowerState.STOPPED;
        public Hardware hardware;
        public int resets;
        public ByteCount balloon;

        Guest(VmSpec spec) {
            this.spec = spec;
            this.hardware = spec.hardware();
            this.balloon = spec.memory();
        }
    }

    HandMadeHost(HostId id, long millicores, ByteCount memory, Scheduler scheduler) {
        this.id = id;
        this.millicores = millicores;
        this.memory = memory;
        this.scheduler = scheduler;
        this.lane = scheduler.lane("hand-made " + id);
    }

    public void fail() {
        power = false;
        guests.values().forEach(guest -> guest.power = PowerState.STOPPED);
        wakeAll();
    }

    public void heal() {
        power = true;
        wakeAll();
    }

    /** Lets each call take so much longer. */
    public void late(Duration more) {
        late = more;
    }

    /** Loses what it would say when something changes, or does no longer. */
    public void deaf(boolean so) {
        deaf = so;
    }

    /** Says from now on what is so now, whatever changes, or does no longer. */
    public void stale(boolean so) {
        stale = so && power ? now() : null;
    }

    /** Nothing of what was made wrong is wrong any more. */
    public void mend() {
        starts = true;
        plugs = true;
        late = Duration.ZERO;
        deaf = false;
        stale = null;
        heal();
    }

    public boolean hasPower() {
        return power;
    }

    /** Puts a VM here that nobody asked for. */
    public void stray(VmSpec spec) {
        guests.put(spec.id().value(), new Guest(spec));
        wakeAll();
    }

    public void load(double share) {
        load = share;
        wakeAll();
    }

    @Override
    public HostId host() {
        return id;
    }

    @Override
    public CompletionStage<HostReport> report() {
        if (!power) {
            return CompletableFuture.failedFuture(noPower());
        }
        HostReport said = stale == null ? now() : stale;
        if (late.isZero()) {
            return CompletableFuture.completedFuture(said);
        }
        CompletableFuture<HostReport> answer = new CompletableFuture<>();
        scheduler.after(late, lane, () -> answer.complete(said));
        return answer;
    }

    private HostReport now() {
        List<HostReport.Found> found = new ArrayList<>();
        guests.values()
                .forEach(guest -> found.add(new HostReport.Found(
                        guest.spec.id(), guest.power, guest.spec.millicores(), guest.spec.memory())));
        return new HostReport(id, millicores, memory, load, found, played, facts);
    }

    @Override
    public CompletionStage<Machine> create(VmSpec spec, Lease lease) {
        return act(spec.id(), lease, () -> {
            if (played && !spec.hardware().isNone()) {
                throw new VinestockException(MachineError.NOT_OFFERED, id + " is played and has no hardware");
            }
            if (guests.putIfAbsent(spec.id().value(), new Guest(spec)) == null) {
                wakeAll();
            }
            return new HandMadeMachine(spec.id());
        });
    }

    @Override
    public Optional<Machine> find(VmId vm) {
        return guests.containsKey(vm.value()) ? Optional.of(new HandMadeMachine(vm)) : Optional.empty();
    }

    @Override
    public Cancellable onChange(Runnable wake) {
        wakes.add(wake);
        return () -> wakes.remove(wake);
    }

    private void wakeAll() {
        if (!deaf) {
            List.copyOf(wakes).forEach(Runnable::run);
        }
    }

    private <T> CompletionStage<T> act(VmId vm, Lease lease, Supplier<T> effect) {
        CompletableFuture<T> done = new CompletableFuture<>();
        if (power) {
            epochs.merge(vm.value(), lease.epoch(), Math::max);
        }
        scheduler.after(TAKES.plus(late), lane, () -> {
            if (!power) {
                done.completeExceptionally(noPower());
            } else if (lease.epoch() < epochs.getOrDefault(vm.value(), 0L)) {
                done.completeExceptionally(new VinestockException(MachineError.STALE_EPOCH, "stale"));
            } else {
                try {
                    done.complete(effect.get());
                } catch (VinestockException e) {
                    done.completeExceptionally(e);
                }
            }
        });
        return done;
    }

    private static PowerState after(PowerAction action, Guest guest) {
        boolean off = guest.power == PowerState.STOPPED;
        return switch (action) {
            case START -> off ? PowerState.RUNNING : guest.power;
            case SHUT_DOWN, STOP -> PowerState.STOPPED;
            case PAUSE -> off ? guest.power : PowerState.PAUSED;
            case RESUME -> off ? guest.power : PowerState.RUNNING;
            case RESET -> {
                guest.resets++;
                yield guest.power;
            }
        };
    }

    private void requireServed(VmId vm, DiskId disk) {
        if (!serves.test(disk)) {
            throw new VinestockException(
                    MachineError.HOST_UNREACHABLE, vm + " cannot open " + disk + ": " + id + " does not serve it");
        }
    }

    private VinestockException noPower() {
        return new VinestockException(MachineError.HOST_UNREACHABLE, id + " does not answer");
    }

    private final class HandMadeMachine implements Machine {
        private final VmId vm;

        HandMadeMachine(VmId vm) {
            this.vm = vm;
        }

        @Override
        public VmId id() {
            return vm;
        }

        @Override
        public CompletionStage<?> power(PowerAction action, Lease lease) {
            return act(vm, lease, () -> {
                Guest guest = guests.get(vm.value());
                if (guest == null) {
                    throw new VinestockException(MachineError.VM_NOT_THERE, vm + " is not on " + id);
                }
                if (action == PowerAction.START && !starts) {
                    throw new VinestockException(MachineError.HOST_UNREACHABLE, id + " cannot start " + vm);
                }
                if (action == PowerAction.START) {
                    guest.hardware.disks().forEach(disk -> requireServed(guest.spec.id(), disk.disk()));
                }
                guest.power = after(action, guest);
                wakeAll();
                return vm;
            });
        }

        @Override
        public CompletionStage<?> delete(Lease lease) {
            return act(vm, lease, () -> {
                if (guests.remove(vm.value()) != null) {
                    wakeAll();
                }
                return vm;
            });
        }

        @Override
        public <C> Offer<C> capability(Class<C> type) {
            if (type == HotPlug.class && plugs && !played) {
                return new Offer.Present<>(type.cast(new Plugging()));
            } else if (type == Balloon.class && plugs) {
                return new Offer.Present<>(type.cast(new Ballooning()));
            }
            if (type == Screen.class && picture.length > 0) {
                Screen screen = () -> CompletableFuture.completedFuture(picture);
                return new Offer.Present<>(type.cast(screen));
            }
            return new Offer.Missing<>(id + " is made by hand and has no " + type.getSimpleName());
        }

        private Guest guest() {
            Guest guest = guests.get(vm.value());
            if (guest == null) {
                throw new VinestockException(MachineError.VM_NOT_THERE, vm + " is not on " + id);
            }
            return guest;
        }

        private final class Plugging implements HotPlug {
            @Override
            public CompletionStage<?> plug(VmDisk disk, Lease lease) {
                return act(vm, lease, () -> {
                    requireServed(vm, disk.disk());
                    Guest guest = guest();
                    guest.hardware = guest.hardware.without(disk.device()).with(disk);
                    return vm;
                });
            }

            @Override
            public CompletionStage<?> plug(VmNic nic, Lease lease) {
                return act(vm, lease, () -> {
                    Guest guest = guest();
                    guest.hardware = guest.hardware.without(nic.device()).with(nic);
                    return vm;
                });
            }

            @Override
            public CompletionStage<?> unplug(String device, Lease lease) {
                return act(vm, lease, () -> {
                    Guest guest = guest();
                    guest.hardware = guest.hardware.without(device);
                    return vm;
                });
            }
        }

        private final class Ballooning implements Balloon {
            @Override
            public CompletionStage<ByteCount> size() {
                return CompletableFuture.completedFuture(guest().balloon);
            }

            @Override
            public CompletionStage<?> target(ByteCount size, Lease lease) {
                return act(vm, lease, () -> guest().balloon = size);
            }
        }
    }
}

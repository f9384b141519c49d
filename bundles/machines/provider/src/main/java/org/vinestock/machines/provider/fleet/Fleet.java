package org.vinestock.machines.provider.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.area.Platform;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.Hypervisor;
import org.vinestock.machines.Hypervisors;
import org.vinestock.machines.Machine;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.MachineOperations;
import org.vinestock.machines.Offer;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.HostId;
import org.vinestock.model.Lease;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.task.Request;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/**
 * The hosts that providers run, each with its follower. A host whose provider leaves keeps the rows that it has: its VMs
 * run on, and nobody can say more.
 *
 * <p>The set of followers is owned by the lane; others read it.
 */
public final class Fleet {
    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

    private final Platform platform;
    private final LoadSampler loads;
    private final Lane lane;
    private final ConcurrentSkipListMap<String, HostFollower> followers = new ConcurrentSkipListMap<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private @Nullable Cancellable areas;
    private @Nullable Cancellable changes;
    private long seen;
    private boolean closed;

    private record Subscription(Hypervisors provider, Cancellable cancellable) {}

    /**
     * Makes one that follows nobody yet.
     *
     * @param loadsEvery how long it is now between two samples of loads
     */
    public Fleet(Platform platform, Supplier<Duration> loadsEvery) {
        this.platform = platform;
        this.loads = new LoadSampler(platform.scheduler(), platform.inventory(), loadsEvery);
        this.lane = platform.scheduler().lane("machines.fleet");
    }

    /** Begins to follow. */
    public void start() {
        lane.execute(() -> {
            areas = platform.onAreasChange(lane, this::refresh);
            seen = platform.inventory().committed().ref().revision();
            changes = platform.inventory().onChange(lane, this::lookForLeftovers);
            refresh();
        });
    }

    /** Follows no more. */
    public void close() {
        lane.execute(() -> {
            closed = true;
            if (areas != null) {
                areas.cancel();
            }
            if (changes != null) {
                changes.cancel();
            }
            subscriptions.forEach(subscription -> subscription.cancellable().cancel());
            subscriptions.clear();
            followers.values().forEach(HostFollower::close);
            followers.clear();
        });
    }

    /**
     * The hypervisor of a host. Any thread.
     *
     * @throws VinestockException {@code HOST_UNREACHABLE} if no provider runs it
     */
    public Hypervisor hypervisor(HostId host) {
        for (Hypervisors provider : platform.services(Hypervisors.class)) {
            Optional<Hypervisor> found = provider.find(host);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new VinestockException(
                MachineError.NO_PROVIDER, "no provider runs host " + host + "; install the one that does");
    }

    /** Whether a provider runs a host. Any thread. */
    public boolean isOffered(HostId host) {
        return platform.services(Hypervisors.class).stream()
                .anyMatch(provider -> provider.find(host).isPresent());
    }

    /** Whether a host is run by a provider and is not down, as far as is known. Any thread. */
    public boolean answers(HostId host) {
        return !HostStates.isDown(host, platform.inventory().head()) && isOffered(host);
    }

    /**
     * Removes a VM from a host. The host is asked even if the VM is not there: a call that makes it may be on its way. Any thread. Fails with {@code HOST_UNREACHABLE} if the host
     * is down or nobody runs it: something of the VM may be left there.
     */
    public CompletionStage<?> remove(VmId vm, HostId host, Lease lease) {
        if (HostStates.isDown(host, platform.inventory().head())) {
            return CompletableFuture.failedFuture(new VinestockException(
                    MachineError.HOST_UNREACHABLE,
                    host + " is down; what it has of " + vm + " stays until it answers"));
        }
        try {
            return hypervisor(host).remove(vm, lease);
        } catch (VinestockException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Looks soon whether a VM is on a host, since its observed row was removed. Any thread. */
    public void forget(HostId host, VmId vm) {
        HostFollower follower = followers.get(host.value());
        if (follower != null) {
            follower.forget(vm);
        }
    }

    /** Looks soon at a host and all of its VMs, since the rows of some are those of another host now. Any thread. */
    void lookAtAll(String host) {
        HostFollower follower = followers.get(host);
        if (follower != null) {
            follower.lookAtAll();
        }
    }

    /** Tells people that a host is down; a simulated one worries nobody. */
    void tellDown(HostId host, @Nullable Throwable because) {
        if (platform.simulated()) {
            LOG.debug("{} is down", host);
        } else {
            LOG.warn("{} is down: {}", host, String.valueOf(because));
        }
    }

    /**
     * Something that a VM's machine offers. Any thread.
     *
     * @throws VinestockException {@code HOST_UNREACHABLE} or {@code NO_PROVIDER} as {@link #hypervisor}, {@code VM_NOT_THERE}
     *     if the VM is not on its host, {@code NOT_OFFERED} with the reason if the machine lacks it
     */
    public <C> C capability(VmId vm, HostId host, Class<C> type) {
        if (HostStates.isDown(host, platform.inventory().head())) {
            throw new VinestockException(
                    MachineError.HOST_UNREACHABLE, vm + " is on " + host + ", which is down; wait until it answers");
        }
        Machine machine = hypervisor(host)
                .find(vm)
                .orElseThrow(() -> new VinestockException(
                        MachineError.VM_NOT_THERE,
                        vm + " is not on " + host + ", where it should be; vm:make " + vm + " makes it anew"));
        Offer<C> offer = machine.capability(type);
        if (offer instanceof Offer.Present<C> present) {
            return present.capability();
        }
        throw new VinestockException(MachineError.NOT_OFFERED, vm + ": " + ((Offer.Missing<C>) offer).because());
    }

    CompletionStage<?> removeCopy(VmId vm, HostId host) {
        try {
            return platform.operations()
                    .start(
                            MachineOperations.REMOVE_COPY,
                            new MachineOperations.OneCopy(vm, host),
                            new Request("machines/stale-copy"))
                    .result();
        } catch (VinestockException | IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    // On the lane from here.

    private void refresh() {
        if (closed) {
            return;
        }
        List<Hypervisors> providers = platform.services(Hypervisors.class);
        subscribe(providers);
        SortedMap<String, Hypervisor> there = new TreeMap<>();
        for (Hypervisors provider : providers) {
            for (HostId host : provider.hosts()) {
                provider.find(host).ifPresent(hypervisor -> there.putIfAbsent(host.value(), hypervisor));
            }
        }
        for (Map.Entry<String, HostFollower> entry : followers.entrySet()) {
            if (there.get(entry.getKey()) != entry.getValue().hypervisor()) {
                entry.getValue().close();
                followers.remove(entry.getKey());
            }
        }
        there.keySet().removeAll(followers.keySet());
        follow(there);
    }

    /** Somebody who knows none of the followers may have noted them: a step of a provider that has left meanwhile. */
    private void lookForLeftovers() {
        Snapshot now = platform.inventory().committed();
        Optional<List<Change>> since = now.changesSince(seen);
        seen = now.ref().revision();
        if (since.isEmpty()) {
            followers.values().forEach(HostFollower::lookAtAll);
            return;
        }
        for (Change change : since.get()) {
            if (change instanceof Change.Put<?> put && put.value() instanceof Leftover leftover) {
                leftover.hosts().stream()
                        .filter(host -> !HostStates.isDown(host, now)) // else all is looked at when it is back
                        .forEach(host -> forget(host, leftover.id()));
            }
        }
    }

    private void subscribe(List<Hypervisors> providers) {
        subscriptions.removeIf(subscription -> {
            boolean gone = providers.stream().noneMatch(provider -> provider == subscription.provider());
            if (gone) {
                subscription.cancellable().cancel();
            }
            return gone;
        });
        for (Hypervisors provider : providers) {
            if (subscriptions.stream().noneMatch(subscription -> subscription.provider() == provider)) {
                subscriptions.add(new Subscription(provider, provider.onChange(lane, this::refresh)));
            }
        }
    }

    private void follow(SortedMap<String, Hypervisor> newcomers) {
        if (newcomers.isEmpty()) {
            return;
        }
        SortedMap<String, List<ObservedVm>> known =
                known(newcomers, platform.inventory().head());
        newcomers.forEach((name, hypervisor) -> {
            HostFollower follower = new HostFollower(
                    hypervisor,
                    platform.scheduler(),
                    platform.inventory(),
                    loads,
                    this,
                    known.getOrDefault(name, List.of()));
            followers.put(name, follower);
            follower.wake();
        });
    }

    /** The observed VMs of hosts, in order of names, found in one pass. */
    private static SortedMap<String, List<ObservedVm>> known(SortedMap<String, Hypervisor> hosts, Snapshot head) {
        SortedMap<String, List<ObservedVm>> known = new TreeMap<>();
        for (ObservedVm vm : head.rows(SiteKinds.VM_OBSERVED)) {
            if (hosts.containsKey(vm.host().value())) {
                known.computeIfAbsent(vm.host().value(), host -> new ArrayList<>())
                        .add(vm);
            }
        }
        return known;
    }
}

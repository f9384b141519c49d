package org.vinestock.lab.site;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.HostState;
import org.vinestock.machines.Hypervisor;
import org.vinestock.machines.Hypervisors;
import org.vinestock.machines.VmSpec;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.Labels;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * The played hosts of a site. Empty until it is switched on; may be switched on once.
 *
 * <p><b>Calls.</b> From any thread, never blocks. Its lock is its own monitor; what it publishes is immutable.
 */
public final class LabSite implements Hypervisors {
    /** How often hosts of a copy measure their load. */
    private static final Duration LOADS_OF_COPIES = Duration.ofMinutes(1);

    private final Scheduler scheduler;
    private final LabClock clock;
    private final Lane lane;
    private final Wakes wakes = new Wakes();
    private volatile Powered powered = new Powered(new Topology(List.of()), new TreeMap<>());
    private @Nullable Cancellable nextMeasuring;
    private int timesPoweredOn;
    private boolean closed;

    private record Powered(Topology topology, SortedMap<String, LabHost> hosts) {}

    /** Makes a site without hosts. */
    public LabSite(Scheduler scheduler) {
        this.scheduler = scheduler;
        this.clock = new LabClock(scheduler);
        this.lane = scheduler.lane("lab.site");
    }

    /** Lab time. */
    public LabClock clock() {
        return clock;
    }

    /** Where the hosts stand; no places before the site is switched on. */
    public Topology topology() {
        return powered.topology;
    }

    /**
     * Switches the hosts on, but those that did not answer when they were seen last. VMs that the inventory has observed
     * on them are taken over as they were: they outlive the process that plays them. A site that is on stays as it is.
     *
     * @throws IllegalArgumentException if there is another site already
     */
    public void powerOn(SiteShape shape, Snapshot snapshot) {
        synchronized (this) {
            Topology topology = Topology.of(shape);
            if (topology.equals(powered.topology)) {
                return;
            }
            SortedMap<String, LabHost> hosts = new TreeMap<>();
            topology.places().forEach(place -> add(hosts, place.host(), shape));
            powerOn(topology, hosts, snapshot, shape.loadsEvery());
        }
        wakes.wakeAll();
    }

    /**
     * Plays a site as it is: each host that has reported, with the size that it reported, its VMs, and down if it is down,
     * whoever runs it in truth. For copies of a site.
     *
     * @throws IllegalArgumentException if there is a site already
     */
    public void powerOnAsIn(Snapshot site, long seed) {
        synchronized (this) {
            SortedMap<String, LabHost> hosts = new TreeMap<>();
            for (ObservedHost seen : site.rows(SiteKinds.HOST_OBSERVED)) {
                if (seen.millicores() > 0 && seen.memory() > 0) {
                    add(
                            hosts,
                            new HostId(seen.id().value()),
                            new SiteShape(1, 1, 1, seen.millicores(), seen.size(), seed, LOADS_OF_COPIES));
                }
            }
            powerOn(Topology.of(site), hosts, site, LOADS_OF_COPIES);
        }
        wakes.wakeAll();
    }

    private void add(SortedMap<String, LabHost> hosts, HostId id, SiteShape shape) {
        hosts.put(id.value(), new LabHost(id, shape, clock, scheduler.lane("lab.host." + id)));
    }

    private void powerOn(Topology topology, SortedMap<String, LabHost> hosts, Snapshot snapshot, Duration loadsEvery) {
        if (closed) {
            return;
        }
        if (!powered.hosts.isEmpty()) {
            throw new IllegalArgumentException(
                    "the lab has a site of " + powered.hosts.size() + " hosts; accepted: one site a container");
        }
        adopt(hosts, snapshot);
        powered = new Powered(topology, hosts);
        measureAfter(loadsEvery, ++timesPoweredOn);
    }

    /** Switches everything off and forgets the hosts; {@link #powerOn} may follow. */
    public void powerOff() {
        synchronized (this) {
            powered = new Powered(new Topology(List.of()), new TreeMap<>());
            stopMeasuring();
        }
        wakes.wakeAll();
    }

    /** Ends it. */
    public void close() {
        synchronized (this) {
            closed = true;
            stopMeasuring();
        }
        wakes.clear();
    }

    @Override
    public List<HostId> hosts() {
        return powered.hosts.values().stream().map(LabHost::host).toList();
    }

    @Override
    public Optional<Hypervisor> find(HostId host) {
        return Optional.ofNullable(powered.hosts.get(host.value()));
    }

    @Override
    public Cancellable onChange(Lane on, Runnable wake) {
        return wakes.add(() -> on.execute(wake));
    }

    /** Cuts the power of hosts; those that have none stay so. */
    public void fail(List<HostId> hosts) {
        chosen(hosts).forEach(LabHost::fail);
    }

    /** Gives hosts power again, with their VMs switched off; hosts that have power are left alone. */
    public void heal(List<HostId> hosts) {
        chosen(hosts).stream().filter(LabHost::failed).forEach(LabHost::heal);
    }

    /** The hosts without power, in order of their names. */
    public List<HostId> failed() {
        return powered.hosts.values().stream()
                .filter(LabHost::failed)
                .map(LabHost::host)
                .toList();
    }

    /** How many VMs run. */
    public int running() {
        return powered.hosts.values().stream().mapToInt(LabHost::running).sum();
    }

    private List<LabHost> chosen(List<HostId> ids) {
        SortedMap<String, LabHost> hosts = powered.hosts;
        List<LabHost> chosen = new ArrayList<>();
        for (HostId id : ids) {
            LabHost host = hosts.get(id.value());
            if (host != null) {
                chosen.add(host);
            }
        }
        return chosen;
    }

    private static void adopt(SortedMap<String, LabHost> hosts, Snapshot snapshot) {
        Map<String, Labels> labels = new LinkedHashMap<>();
        for (Vm vm : snapshot.rows(SiteKinds.VM)) {
            labels.put(vm.id().value(), vm.labels());
        }
        for (ObservedVm vm : snapshot.rows(SiteKinds.VM_OBSERVED)) {
            LabHost host = hosts.get(vm.host().value());
            if (host != null) {
                Labels known = labels.getOrDefault(vm.id().value(), Labels.NONE);
                host.adopt(vm, new VmSpec(vm.id(), vm.millicores(), vm.size(), known));
            }
        }
        for (ObservedHost seen : snapshot.rows(SiteKinds.HOST_OBSERVED)) {
            LabHost host = hosts.get(seen.id().value());
            if (host != null && seen.state() == HostState.DOWN) {
                host.fail();
            }
        }
    }

    /** Measures again and again: by lab time, but not more often than once a second of the scheduler's. */
    private synchronized void measureAfter(Duration every, int time) {
        if (closed || timesPoweredOn != time) {
            return;
        }
        double speed = clock.speed();
        Duration delay = speed == 0 ? every : Duration.ofNanos((long) (every.toNanos() / speed));
        Duration shortest = Duration.ofSeconds(1);
        nextMeasuring = scheduler.after(delay.compareTo(shortest) < 0 ? shortest : delay, lane, () -> {
            powered.hosts.values().forEach(LabHost::measure);
            measureAfter(every, time);
        });
    }

    private void stopMeasuring() {
        if (nextMeasuring != null) {
            nextMeasuring.cancel();
            nextMeasuring = null;
        }
    }
}

package org.vinestock.simulation.hosts;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.lab.site.LabSite;
import org.vinestock.lab.site.SiteShape;
import org.vinestock.lab.site.Topology;
import org.vinestock.machines.Hypervisors;
import org.vinestock.model.HostId;
import org.vinestock.time.Scheduler;

/** The hosts of a story with their wires. It goes on when the control plane dies. */
public final class World {
    private final Scheduler scheduler;
    private final LabSite site;
    private final Topology topology;
    private final Map<String, Wire> wires = new TreeMap<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private final Leases leases = new Leases();
    private @Nullable Network network;

    /**
     * Switches the hosts on.
     *
     * @param empty a snapshot without anything
     */
    public World(Scheduler scheduler, SiteShape shape, Snapshot empty) {
        this.scheduler = scheduler;
        site = new LabSite(scheduler);
        topology = Topology.of(shape);
        site.powerOn(shape, empty);
        for (HostId host : site.hosts()) {
            wires.put(host.value(), new Wire(scheduler, host));
        }
    }

    /** The rows that say where the hosts stand. */
    public List<Change> rows() {
        return topology.rows();
    }

    /** The hosts themselves, without wires. */
    public Hypervisors hosts() {
        return site;
    }

    /** The leases that were shown to hosts. */
    public Leases leases() {
        return leases;
    }

    /** Connects a process of the control plane, and nobody else from now on. {@code faulty}: what stands before the hosts. */
    Network connect(Scheduler process, UnaryOperator<Hypervisors> faulty) {
        if (network != null) {
            network.close();
        }
        Network connected = new Network(this, faulty.apply(site), scheduler, process);
        network = connected;
        return connected;
    }

    Wire wire(HostId host) {
        Wire wire = wires.get(host.value());
        if (wire == null) {
            throw new IllegalArgumentException("no host " + host);
        }
        return wire;
    }

    /** Whether a host has lost its power. */
    public boolean hasFailed(HostId host) {
        return site.failed().contains(host);
    }

    /** How often a host has lost its power. */
    public int failures(HostId host) {
        return failures.getOrDefault(host.value(), 0);
    }

    /** Whether a host, or the way to it, was in trouble not longer ago than this. */
    public boolean wasTroubled(HostId host, Duration within) {
        return hasFailed(host) || wire(host).troubledWithin(within);
    }

    /** Cuts the power of a host, a rack or a zone. */
    public void fail(String target) {
        for (HostId host : topology.hostsOf(target)) {
            wire(host).trouble(scheduler.nanoTime());
            failures.merge(host.value(), 1, Integer::sum);
        }
        site.fail(topology.hostsOf(target));
    }

    /** Gives power back; null = to all. */
    public void heal(@Nullable String target) {
        List<HostId> healed = target == null ? site.hosts() : topology.hostsOf(target);
        for (HostId host : healed) {
            if (hasFailed(host)) {
                wire(host).trouble(scheduler.nanoTime());
            }
        }
        site.heal(healed);
    }

    /** Makes messages slow, lost and doubled for a while. */
    public void disturb(String target, Duration lasts, Duration slow, int lostPercent, int doubledPercent) {
        topology.hostsOf(target).forEach(host -> wire(host).disturb(lasts, slow, lostPercent, doubledPercent));
    }

    /** Cuts hosts off for a while. */
    public void cut(String target, Duration lasts) {
        topology.hostsOf(target).forEach(host -> wire(host).cut(lasts));
    }

    /** Lets hosts report for a while what was true before. */
    public void stale(String target, Duration lasts) {
        topology.hostsOf(target).forEach(host -> wire(host).stale(lasts));
    }

    /** Makes all hosts and wires sound again. */
    public void mend() {
        wires.values().forEach(Wire::mend);
        heal(null);
    }
}

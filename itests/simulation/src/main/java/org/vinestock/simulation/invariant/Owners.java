package org.vinestock.simulation.invariant;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.HostReport;
import org.vinestock.machines.HostState;
import org.vinestock.machines.Hypervisor;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.model.HostId;
import org.vinestock.simulation.hosts.World;

/**
 * No VM begins to run on a second host while the first one can be reached. Of a host that is cut off nobody knows whether it
 * still runs its VMs: they may be started elsewhere, under a newer epoch, and only then. And no host is taken for down
 * without a reason, and no VM stops that nobody asked to.
 */
final class Owners {
    private static final Duration TOLD = Duration.ofSeconds(30);

    private final World world;
    private final Map<String, TreeSet<String>> owners = new TreeMap<>();
    private final Map<String, TreeSet<String>> running = new TreeMap<>();
    private final Map<String, Integer> failed = new TreeMap<>();
    private final TreeSet<String> changed = new TreeSet<>();
    private Snapshot seen;

    Owners(World world, Snapshot first) {
        this.world = world;
        seen = first;
        for (HostId id : world.hosts().hosts()) {
            running.put(id.value(), new TreeSet<>());
            world.hosts().find(id).orElseThrow().onChange(() -> changed.add(id.value()));
        }
    }

    void begin(Snapshot first) {
        seen = first;
    }

    /** Looks at the hosts that changed. */
    void check(Snapshot head) {
        while (!changed.isEmpty()) {
            look(new HostId(String.valueOf(changed.pollFirst())), head);
        }
        if (head.ref().revision() > seen.ref().revision()) {
            for (Change change : head.changesSince(seen.ref().revision()).orElseThrow()) {
                if (change instanceof Change.Put<?> put
                        && put.value() instanceof ObservedHost host
                        && host.state() == HostState.DOWN
                        && !world.wasTroubled(host.id(), TOLD)) {
                    throw Broken.because("down", host.id() + " is taken for down, and nothing was wrong with it");
                }
            }
        }
        seen = head;
    }

    private void look(HostId host, Snapshot head) {
        TreeSet<String> now = new TreeSet<>();
        for (HostReport.Found found : report(world.hosts().find(host).orElseThrow())) {
            if (found.power() == PowerState.RUNNING) {
                now.add(found.id().value());
            }
        }
        Integer failures = world.failures(host);
        boolean lostPower = !failures.equals(failed.put(host.value(), failures));
        TreeSet<String> before = running.getOrDefault(host.value(), new TreeSet<>());
        for (String vm : before) {
            if (!now.contains(vm)) {
                if (!lostPower && !world.leases().mayStop(host, vm)) {
                    throw Broken.because("unasked", vm + " stopped on " + host + ", and nobody asked for that");
                }
                owners.getOrDefault(vm, new TreeSet<>()).remove(host.value());
            }
        }
        for (String vm : now) {
            if (!before.contains(vm)) {
                TreeSet<String> all = owners.computeIfAbsent(vm, name -> new TreeSet<>());
                all.forEach(other -> second(vm, new HostId(other), host, head));
                all.add(host.value());
            }
        }
        running.put(host.value(), now);
    }

    private void second(String vm, HostId first, HostId second, Snapshot head) {
        if (!world.wasTroubled(first, TOLD) && !world.wasTroubled(second, TOLD)) {
            throw Broken.because("one owner", vm + " runs on " + first + ", and now on " + second + " too, at " + head);
        }
    }

    static List<HostReport.Found> report(Hypervisor host) {
        CompletableFuture<HostReport> report = host.report().toCompletableFuture();
        return report.isDone() && !report.isCompletedExceptionally()
                ? report.join().machines()
                : List.of();
    }
}

package org.vinestock.lab.rehearsal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.area.Twin;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.lab.LabError;
import org.vinestock.lab.site.LabSite;
import org.vinestock.lab.site.Topology;
import org.vinestock.machines.HostState;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;

/**
 * One rehearsal in one twin: its hosts are played with the sizes, places and VMs that the copied site has; after {@link
 * #SETTLED} some of them lose their power; what happens then is what the site's own controllers do. Nobody else asks for
 * anything: no VM arrives, none leaves.
 *
 * <p>By the thread that runs the twin, between runs.
 */
final class Rehearsal {
    /** How long hosts report and what was under way ends before the loss, in simulated time. */
    static final Duration SETTLED = Duration.ofSeconds(30);

    private final Twin twin;
    private final List<HostId> failing;
    private final Topology topology;
    private @Nullable Restarts restarts;
    private @Nullable Snapshot before;

    /** Switches the played hosts on, as they are in the state that the twin began with. */
    Rehearsal(Twin twin, Snapshot state, List<String> targets, long seed) {
        this.twin = twin;
        topology = Topology.of(state);
        failing = hostsOf(targets, topology);
        site().powerOnAsIn(state, seed);
    }

    /**
     * The hosts that fail with something.
     *
     * @throws IllegalArgumentException for what is unknown, naming it and what is accepted
     */
    static List<HostId> hostsOf(List<String> targets, Topology topology) {
        TreeSet<String> names = new TreeSet<>();
        for (String target : targets) {
            topology.hostsOf("fail", target).forEach(host -> names.add(host.value()));
        }
        return names.stream().map(HostId::new).toList();
    }

    private LabSite site() {
        return twin.platform()
                .service(LabSite.class)
                .orElseThrow(() -> new VinestockException(LabError.NOTHING_TO_DRIVE, "the twin plays no hosts"));
    }

    /** Takes the power from the hosts. */
    void fail() {
        before = twin.platform().inventory().head();
        restarts = new Restarts(twin.platform(), failing);
        site().fail(failing);
    }

    /** What came of it so far. */
    Outcome outcome() {
        Snapshot then = before;
        Restarts followed = restarts;
        if (then == null || followed == null) {
            throw new IllegalStateException("nothing has failed yet");
        }
        Snapshot after = twin.platform().inventory().head();
        WhyDown why = new WhyDown(after);
        List<Rehearsed.Down> down = new ArrayList<>();
        for (Vm vm : followed.affected()) {
            HostId from = vm.host();
            if (!followed.isBack(vm.id()) && from != null) {
                Vm now = after.rows(SiteKinds.VM).find(vm.id()).orElse(vm);
                WhyDown.Reason reason = why.of(now);
                down.add(new Rehearsed.Down(
                        vm.id(), vm.millicores(), vm.size(), labels(vm), from, reason.rule(), reason.because()));
            }
        }
        SortedMap<String, Integer> brokenBefore = BrokenRules.in(then);
        return new Outcome(
                then,
                after,
                topology,
                lost(then),
                followed.affected().size(),
                followed.back(),
                down,
                BrokenRules.newly(brokenBefore, BrokenRules.in(after)),
                followed.noticedAfter());
    }

    /** Those of the hosts that were up. */
    private List<HostId> lost(Snapshot then) {
        return failing.stream()
                .filter(host -> then.rows(SiteKinds.HOST_OBSERVED)
                        .find(host)
                        .map(ObservedHost::state)
                        .filter(HostState.UP::equals)
                        .isPresent())
                .toList();
    }

    private static String labels(Vm vm) {
        List<String> labels = new ArrayList<>();
        vm.labels().values().forEach((key, value) -> labels.add(key + "=" + value));
        return String.join(",", labels);
    }

    /** VMs that run again, and all that ran on the hosts. */
    String progress() {
        Restarts followed = restarts;
        return followed == null
                ? "hosts report"
                : followed.back().size() + " of " + followed.affected().size() + " VMs run again";
    }

    /**
     * What came of it.
     *
     * @param before the state right before the loss
     * @param lost hosts that were up and failed
     * @param restarts in the order in which VMs ran again
     * @param noticed when the first host was known to be down
     */
    record Outcome(
            Snapshot before,
            Snapshot after,
            Topology topology,
            List<HostId> lost,
            int affected,
            List<Rehearsed.Restart> restarts,
            List<Rehearsed.Down> down,
            List<String> rulesBroken,
            Duration noticed) {
        /** When a share of those that came back ran again. */
        Duration backAfter(double share) {
            int place = (int) Math.ceil(restarts.size() * share);
            return restarts.isEmpty()
                    ? Duration.ZERO
                    : restarts.get(Math.max(0, place - 1)).after();
        }

        int hostsLeft() {
            Hosts hosts = after.hosts();
            int left = 0;
            for (int row = 0; row < hosts.end(); row++) {
                left += hosts.accepts(row) && hosts.millicores(row) > 0 ? 1 : 0;
            }
            return left;
        }

        /** The share of the cores of hosts that take VMs which is free. */
        double coresFree() {
            Hosts hosts = after.hosts();
            long all = 0;
            long free = 0;
            for (int row = 0; row < hosts.end(); row++) {
                if (hosts.accepts(row)) {
                    all += hosts.millicores(row);
                    free += Math.max(0, hosts.freeMillicores(row));
                }
            }
            return all == 0 ? 0 : (double) free / all;
        }

        /** Likewise of their memory. */
        double memoryFree() {
            Hosts hosts = after.hosts();
            long all = 0;
            long free = 0;
            for (int row = 0; row < hosts.end(); row++) {
                if (hosts.accepts(row)) {
                    all += hosts.memory(row);
                    free += Math.max(0, hosts.freeMemory(row));
                }
            }
            return all == 0 ? 0 : (double) free / all;
        }
    }
}

package org.vinestock.simulation.invariant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.Rack;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.contract.NaiveRules;
import org.vinestock.placement.rule.Demand;
import org.vinestock.placement.rule.Domain;
import org.vinestock.placement.rule.PlacementRule;

/** Capacity, rules, and that whoever gets a place gets a good one. Looked at when there is a new revision. */
final class Room {
    /** Where each VM was before the place that it has, if it was moved. */
    private final Map<String, HostId> places = new TreeMap<>();

    private Snapshot seen;

    Room(Snapshot first) {
        seen = first;
    }

    /** Another process has another state, which may be older. */
    void begin(Snapshot first) {
        seen = first;
    }

    void check(Snapshot head) {
        if (head.ref().revision() == seen.ref().revision()) {
            return;
        }
        capacity(head);
        rules(head);
        for (Change change : head.changesSince(seen.ref().revision()).orElseThrow()) {
            if (change instanceof Change.Put<?> put && put.value() instanceof Vm vm) {
                placed(vm, head);
            } else if (change.kind().equals(SiteKinds.VM)) {
                places.remove(change.id().value());
            }
        }
        seen = head;
    }

    /**
     * No host has given away more than it has, counting what should be there and what is. What nobody wants any more, such
     * as a copy that a host had when it lost its power, was given no place.
     */
    private static void capacity(Snapshot head) {
        Map<String, long[]> taken = new TreeMap<>();
        for (Vm vm : head.rows(SiteKinds.VM)) {
            HostId wanted = vm.host();
            if (wanted == null) {
                continue; // what a host still has of it was given no place any more
            }
            take(taken, wanted, vm.millicores(), vm.memory());
            head.rows(SiteKinds.VM_OBSERVED)
                    .find(vm.id())
                    .filter(found -> !found.host().equals(wanted))
                    .ifPresent(found -> take(taken, found.host(), found.millicores(), found.memory()));
        }
        for (ObservedHost host : head.rows(SiteKinds.HOST_OBSERVED)) {
            long[] sum = taken.getOrDefault(host.id().value(), new long[2]);
            if (sum[0] > host.millicores() || sum[1] > host.memory()) {
                throw Broken.because(
                        "capacity", host + " has given away " + sum[0] + " millicores and " + new ByteCount(sum[1]));
            }
        }
    }

    private static void take(Map<String, long[]> taken, HostId host, long millicores, long memory) {
        long[] sum = taken.computeIfAbsent(host.value(), name -> new long[2]);
        sum[0] += millicores;
        sum[1] += memory;
    }

    /** What should be keeps the rules; of VMs that belong together some may have had to leave a host that is down. */
    private static void rules(Snapshot head) {
        for (PlacementRule rule : head.rows(PlacementRule.KIND)) {
            Map<String, Integer> counts = new TreeMap<>();
            for (Vm vm : head.rows(SiteKinds.VM)) {
                HostId host = vm.host();
                if (host != null
                        && vm.labels().has(rule.group().key(), rule.group().value())) {
                    counts.merge(domain(rule.demand().domain(), host, head), 1, Integer::sum);
                }
            }
            if (!keeps(rule.demand(), counts)) {
                throw Broken.because("rules", rule.inWords() + ", but there are " + counts);
            }
        }
    }

    private static boolean keeps(Demand demand, Map<String, Integer> counts) {
        if (demand instanceof Demand.In in) {
            return in.names().containsAll(counts.keySet());
        }
        int most = demand instanceof Demand.AtMost atMost ? atMost.count() : 1;
        return demand instanceof Demand.Together || counts.values().stream().allMatch(count -> count <= most);
    }

    private static String domain(Domain domain, HostId id, Snapshot head) {
        Host host = head.rows(SiteKinds.HOST).find(id).orElseThrow();
        Rack rack = head.rows(SiteKinds.RACK).find(host.rack()).orElseThrow();
        return switch (domain) {
            case HOST -> id.value();
            case RACK -> rack.id().value();
            case ZONE -> rack.zone().value();
        };
    }

    /** Whoever gets a place gets one with which nothing was wrong; one that goes back may go back to a host that is down. */
    private void placed(Vm vm, Snapshot head) {
        HostId host = vm.host();
        Optional<Vm> before = seen.rows(SiteKinds.VM).find(vm.id());
        @Nullable HostId left = before.map(Vm::host).orElse(null);
        if (host == null || host.equals(left)) {
            return;
        }
        boolean goesBack = host.equals(places.get(vm.id().value()));
        if (left == null) {
            places.remove(vm.id().value());
        } else {
            places.put(vm.id().value(), left);
        }
        PlacementQuestion question = new PlacementQuestion(vm.id(), vm.millicores(), vm.size(), vm.labels());
        List<String> wrong = new ArrayList<>(NaiveRules.wrong(question, host, seen));
        if (goesBack) {
            wrong.removeAll(List.of("down", "maintenance"));
        }
        if (!wrong.isEmpty()) {
            throw Broken.because(
                    "placement",
                    vm.id() + " was given " + host + " at " + head.ref() + ", although at " + seen.ref()
                            + " this was wrong: " + wrong);
        }
    }
}

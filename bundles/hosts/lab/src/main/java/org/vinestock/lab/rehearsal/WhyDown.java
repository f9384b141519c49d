package org.vinestock.lab.rehearsal;

import java.math.BigDecimal;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Tally;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.HostState;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.rule.RuleIndex;

/** Says in words why a VM does not run in a state of the site, from room and rules alone. */
final class WhyDown {
    static final String ROOM = "room";
    static final String TIME = "time";

    private final Snapshot state;
    private final Hosts hosts;

    WhyDown(Snapshot state) {
        this.state = state;
        this.hosts = state.hosts();
    }

    /** Why, and what stands in its way. */
    record Reason(String rule, String because) {}

    Reason of(Vm vm) {
        @Nullable HostId host = vm.host();
        if (host != null && isUp(host)) {
            return new Reason(TIME, "placed on " + host + ", but not yet started when the time was over");
        }
        PlacementQuestion question = new PlacementQuestion(vm.id(), vm.millicores(), vm.size(), vm.labels());
        HostScan scan = new HostScan(question, state);
        int fit = scan.fitting().size();
        if (fit > 0) {
            return new Reason(TIME, fit + " hosts fit, but it was not yet placed when the time was over");
        }
        TreeSet<String> rules = new TreeSet<>();
        RuleIndex.of(state)
                .about(vm.labels())
                .forEach(rule -> rules.add(rule.rule().id().value()));
        List<Tally> byRule = scan.vetoes().stream()
                .filter(tally -> rules.contains(tally.rule()))
                .toList();
        return byRule.isEmpty() ? new Reason(ROOM, room(vm)) : byRules(vm, byRule);
    }

    private boolean isUp(HostId host) {
        return state.rows(SiteKinds.HOST_OBSERVED)
                .find(host)
                .map(ObservedHost::state)
                .filter(HostState.UP::equals)
                .isPresent();
    }

    private Reason byRules(Vm vm, List<Tally> rules) {
        int roomy = rules.stream().mapToInt(Tally::count).sum();
        return new Reason(
                rules.get(0).rule(),
                roomy + (roomy == 1 ? " host has " : " hosts have ") + size(vm) + " free, but rule "
                        + String.join(
                                " or rule ", rules.stream().map(Tally::rule).toList())
                        + " keeps it away from " + (roomy == 1 ? "it" : "each"));
    }

    private String room(Vm vm) {
        int open = 0;
        int byCores = 0;
        int byMemory = 0;
        int nearest = -1;
        for (int row = 0; row < hosts.end(); row++) {
            if (hosts.accepts(row) && hosts.millicores(row) > 0) {
                open++;
                byCores += hosts.freeMillicores(row) >= vm.millicores() ? 1 : 0;
                byMemory += hosts.freeMemory(row) >= vm.memory() ? 1 : 0;
                nearest = nearest < 0 || share(row, vm) > share(nearest, vm) ? row : nearest;
            }
        }
        if (nearest < 0) {
            return "no host is left that takes VMs";
        }
        return "no host has " + size(vm) + " free: of " + open + " hosts " + byCores + " fit by cores, " + byMemory
                + " by memory; nearest is " + hosts.id(nearest) + " with " + cores(hosts.freeMillicores(nearest))
                + " and " + new ByteCount(Math.max(0, hosts.freeMemory(nearest)));
    }

    /** How much a host has of what a VM needs: of what is scarcer there, and a little of the other. */
    private double share(int row, Vm vm) {
        double cores = Math.min(1, (double) hosts.freeMillicores(row) / vm.millicores());
        double memory = Math.min(1, (double) hosts.freeMemory(row) / vm.memory());
        return Math.min(cores, memory) + Math.max(cores, memory) / 1_000;
    }

    private static String size(Vm vm) {
        return cores(vm.millicores()) + " and " + vm.size();
    }

    static String cores(long millicores) {
        return BigDecimal.valueOf(Math.max(0, millicores), 3)
                        .stripTrailingZeros()
                        .toPlainString()
                + (millicores == 1000 ? " core" : " cores");
    }
}

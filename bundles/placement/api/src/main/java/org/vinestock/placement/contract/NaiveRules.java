package org.vinestock.placement.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.HostState;
import org.vinestock.machines.site.Host;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.Rack;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.VmId;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.rule.Demand;
import org.vinestock.placement.rule.Domain;
import org.vinestock.placement.rule.PlacementRule;

/**
 * Says what is wrong with a placement by looking at every row, for checks: shares no code with what strategies and
 * guardrails use, so that one finds the other's mistakes.
 */
public final class NaiveRules {
    private NaiveRules() {}

    /** Returns what is wrong with a host, by rule; empty = nothing. */
    public static List<String> wrong(PlacementQuestion question, HostId host, Snapshot snapshot) {
        Optional<Host> wanted = snapshot.rows(SiteKinds.HOST).find(host);
        if (wanted.isEmpty()) {
            return List.of("unknown");
        }
        List<String> wrong = new ArrayList<>();
        if (!up(snapshot, host)) {
            wrong.add("down");
        } else if (wanted.get().maintenance()) {
            wrong.add("maintenance");
        }
        if (question.cluster() != null
                && !question.cluster().equals(wanted.get().cluster())) {
            wrong.add("cluster");
        }
        if (question.avoid().contains(host)) {
            wrong.add("avoid");
        }
        if (!question.only().isEmpty() && !question.only().contains(host)) {
            wrong.add("only");
        }
        if (!hasRoom(question, host, snapshot)) {
            wrong.add("capacity");
        }
        for (PlacementRule rule : snapshot.rows(PlacementRule.KIND)) {
            if (question.labels().has(rule.group().key(), rule.group().value())
                    && !keeps(rule, question.vm(), host, snapshot)) {
                wrong.add(rule.id().value());
            }
        }
        return wrong;
    }

    /** Returns the hosts with which nothing is wrong, in order of their names. */
    public static List<HostId> fitting(PlacementQuestion question, Snapshot snapshot) {
        List<HostId> fitting = new ArrayList<>();
        for (Host host : snapshot.rows(SiteKinds.HOST)) {
            if (wrong(question, host.id(), snapshot).isEmpty()) {
                fitting.add(host.id());
            }
        }
        return fitting;
    }

    private static boolean hasRoom(PlacementQuestion question, HostId host, Snapshot snapshot) {
        Optional<ObservedHost> seen = snapshot.rows(SiteKinds.HOST_OBSERVED).find(host);
        long cores = question.millicores();
        long memory = question.memory().bytes();
        for (VmId vm : vms(snapshot)) {
            if (!vm.equals(question.vm())) {
                long[] taken = taken(snapshot, vm, host);
                cores += taken[0];
                memory += taken[1];
            }
        }
        return seen.isPresent()
                && cores <= seen.get().millicores()
                && memory <= seen.get().memory();
    }

    private static boolean keeps(PlacementRule rule, VmId vm, HostId host, Snapshot snapshot) {
        Domain domain = rule.demand().domain();
        @Nullable String mine = domain(domain, host, snapshot);
        if (mine == null) {
            return false;
        }
        if (rule.demand() instanceof Demand.In in) {
            return in.names().contains(mine);
        }
        int there = 0;
        boolean elsewhere = false;
        for (Vm other : snapshot.rows(SiteKinds.VM)) {
            if (!other.id().equals(vm)
                    && other.labels().has(rule.group().key(), rule.group().value())) {
                boolean here = false;
                for (HostId at : hosts(snapshot, other.id())) {
                    @Nullable String where = domain(domain, at, snapshot);
                    here |= mine.equals(where);
                    elsewhere |= where != null && !where.equals(mine) && up(snapshot, at);
                }
                there += here ? 1 : 0;
            }
        }
        if (rule.demand() instanceof Demand.Together) {
            return !elsewhere;
        }
        return there < (rule.demand() instanceof Demand.AtMost most ? most.count() : 1);
    }

    private static boolean up(Snapshot snapshot, HostId host) {
        Optional<ObservedHost> seen = snapshot.rows(SiteKinds.HOST_OBSERVED).find(host);
        return seen.isPresent() && seen.get().state() == HostState.UP;
    }

    private static @Nullable String domain(Domain domain, HostId id, Snapshot snapshot) {
        Optional<Host> host = snapshot.rows(SiteKinds.HOST).find(id);
        if (host.isEmpty()) {
            return null;
        } else if (domain == Domain.HOST) {
            return id.value();
        } else if (domain == Domain.RACK) {
            return host.get().rack().value();
        }
        Optional<Rack> rack = snapshot.rows(SiteKinds.RACK).find(host.get().rack());
        return rack.isEmpty() ? "" : rack.get().zone().value();
    }

    private static List<VmId> vms(Snapshot snapshot) {
        TreeSet<String> names = new TreeSet<>();
        snapshot.rows(SiteKinds.VM).forEach(vm -> names.add(vm.id().value()));
        snapshot.rows(SiteKinds.VM_OBSERVED).forEach(vm -> names.add(vm.id().value()));
        return names.stream().map(VmId::new).toList();
    }

    private static List<HostId> hosts(Snapshot snapshot, VmId vm) {
        List<HostId> hosts = new ArrayList<>();
        Optional<Vm> wanted = snapshot.rows(SiteKinds.VM).find(vm);
        @Nullable HostId place = wanted.isPresent() ? wanted.get().host() : null;
        if (place != null) {
            hosts.add(place);
        }
        snapshot.rows(SiteKinds.VM_OBSERVED).find(vm).ifPresent(seen -> hosts.add(seen.host()));
        return hosts;
    }

    private static long[] taken(Snapshot snapshot, VmId vm, HostId host) {
        long[] taken = new long[2];
        Optional<Vm> wanted = snapshot.rows(SiteKinds.VM).find(vm);
        if (wanted.isPresent() && host.equals(wanted.get().host())) {
            taken[0] = wanted.get().millicores();
            taken[1] = wanted.get().memory();
        }
        Optional<ObservedVm> seen = snapshot.rows(SiteKinds.VM_OBSERVED).find(vm);
        if (seen.isPresent() && host.equals(seen.get().host())) {
            taken[0] = Math.max(taken[0], seen.get().millicores());
            taken[1] = Math.max(taken[1], seen.get().memory());
        }
        return taken;
    }
}

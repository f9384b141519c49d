package org.vinestock.lab.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.HostState;
import org.vinestock.machines.site.ObservedHost;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.model.Violation;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.rule.CompiledRule;
import org.vinestock.placement.rule.RuleIndex;

/** Which rules VMs break where they are, on hosts that answer. */
final class BrokenRules {
    private BrokenRules() {}

    /** How many VMs break each rule in a state; a rule that none breaks is not in it. */
    static SortedMap<String, Integer> in(Snapshot state) {
        SortedMap<String, Integer> broken = new TreeMap<>();
        RuleIndex index = RuleIndex.of(state);
        if (index.rules().isEmpty()) {
            return broken;
        }
        for (Vm vm : state.rows(SiteKinds.VM)) {
            @Nullable HostId host = vm.host();
            List<CompiledRule> about = index.about(vm.labels());
            if (host != null && !about.isEmpty() && isUp(host, state)) {
                TreeSet<String> names = new TreeSet<>();
                about.forEach(rule -> names.add(rule.rule().id().value()));
                PlacementQuestion question = new PlacementQuestion(vm.id(), vm.millicores(), vm.size(), vm.labels());
                for (Violation violation : new HostScan(question, state).violations(host)) {
                    if (names.contains(violation.rule())) {
                        broken.merge(violation.rule(), 1, (before, one) -> before + one);
                    }
                }
            }
        }
        return broken;
    }

    /** The rules that more VMs break than before, in words. */
    static List<String> newly(SortedMap<String, Integer> before, SortedMap<String, Integer> after) {
        List<String> words = new ArrayList<>();
        after.forEach((rule, count) -> {
            int formerly = before.getOrDefault(rule, 0);
            if (count > formerly) {
                words.add(rule + ": " + count + " VMs break it, " + formerly + " did before");
            }
        });
        return words;
    }

    private static boolean isUp(HostId host, Snapshot state) {
        return state.rows(SiteKinds.HOST_OBSERVED)
                .find(host)
                .map(ObservedHost::state)
                .filter(HostState.UP::equals)
                .isPresent();
    }
}

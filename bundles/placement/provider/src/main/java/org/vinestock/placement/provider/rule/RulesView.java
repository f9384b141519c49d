package org.vinestock.placement.provider.rule;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Snapshot;
import org.vinestock.placement.rule.CompiledRule;
import org.vinestock.placement.rule.KeptRules;
import org.vinestock.placement.rule.PlacementRule;
import org.vinestock.placement.rule.RuleId;
import org.vinestock.placement.rule.RuleIndex;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** {@code placement.rules}: the rules and how they are kept. */
public final class RulesView implements View<RulesView.All, RulesView.Row> {
    /** No parameters. */
    public record All() {}

    /**
     * A rule.
     *
     * @param says the rule in words
     * @param vms how many VMs it is about
     * @param broken how many of these are where the rule would not let them go
     */
    public record Row(RuleId id, String group, String says, int vms, int broken) {}

    @Override
    public String name() {
        return "placement.rules";
    }

    @Override
    public String summary() {
        return "List the placement rules and how many VMs break them";
    }

    @Override
    public Class<All> parametersType() {
        return All.class;
    }

    @Override
    public Class<Row> rowType() {
        return Row.class;
    }

    @Override
    public void prepare(Snapshot snapshot) {
        RuleIndex.of(snapshot);
        KeptRules.of(snapshot);
    }

    @Override
    public CompletionStage<Page<Row>> read(All parameters, Snapshot snapshot, PageRequest page) {
        List<CompiledRule> rules = RuleIndex.of(snapshot).rules().stream()
                .filter(rule -> rule.rule().id().value().compareTo(page.after()) > 0)
                .limit(page.limit() + 1L)
                .toList();
        boolean more = rules.size() > page.limit();
        List<CompiledRule> shown = more ? rules.subList(0, page.limit()) : rules;
        KeptRules kept = KeptRules.of(snapshot);
        List<Row> rows = shown.stream().map(rule -> row(rule, kept)).toList();
        return CompletableFuture.completedFuture(
                new Page<>("", rows, more ? rows.get(rows.size() - 1).id().value() : null));
    }

    private static Row row(CompiledRule compiled, KeptRules kept) {
        PlacementRule rule = compiled.rule();
        return new Row(
                rule.id(), rule.group().toString(), rule.inWords(), kept.members(compiled), kept.broken(compiled));
    }
}

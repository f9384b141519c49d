package org.vinestock.placement.rule;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many VMs of one group are in each host, rack and zone. Immutable.
 *
 * @param hosts null if no rule asks for it; likewise the others
 */
record GroupCounts(
        @Nullable IntColumn hosts,
        @Nullable IntColumn racks,
        @Nullable IntColumn zones) {
    /** Begins with no VMs, for a group that these rules are about. */
    static GroupCounts none(List<CompiledRule> rules) {
        return new GroupCounts(none(rules, Domain.HOST), none(rules, Domain.RACK), none(rules, Domain.ZONE));
    }

    private static @Nullable IntColumn none(List<CompiledRule> rules, Domain domain) {
        return rules.stream().anyMatch(rule -> rule.counts(domain)) ? IntColumn.EMPTY : null;
    }

    /** Nothing where no rule asks for it. */
    IntColumn of(Domain domain) {
        IntColumn column = switch (domain) {
            case HOST -> hosts;
            case RACK -> racks;
            case ZONE -> zones;
        };
        return column == null ? IntColumn.EMPTY : column;
    }

    /** Counts a VM that is at two rows, or at one if the other is negative: once a domain. */
    GroupCounts plus(Layout layout, int first, int second, int delta) {
        return new GroupCounts(
                plus(hosts, layout, Domain.HOST, first, second, delta),
                plus(racks, layout, Domain.RACK, first, second, delta),
                plus(zones, layout, Domain.ZONE, first, second, delta));
    }

    private static @Nullable IntColumn plus(
            @Nullable IntColumn counts, Layout layout, Domain domain, int first, int second, int delta) {
        if (counts == null) {
            return null;
        }
        int one = layout.domain(domain, first);
        int two = layout.domain(domain, second);
        IntColumn column = one < 0 ? counts : counts.plus(one, delta);
        return two < 0 || two == one ? column : column.plus(two, delta);
    }
}

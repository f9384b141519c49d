package org.vinestock.placement.rule;

import org.vinestock.inventory.Hosts;

/** A rule with its names turned into numbers of one {@link Layout}. */
public final class CompiledRule {
    private final PlacementRule rule;
    private final int group;
    /** By domain: whether a rule "in" names it; empty for other rules. */
    private final boolean[] named;

    CompiledRule(PlacementRule rule, int group, Layout layout, Hosts hosts) {
        this.rule = rule;
        this.group = group;
        if (rule.demand() instanceof Demand.In in) {
            named = new boolean[layout.end(in.domain())];
            for (String name : in.names()) {
                int number = layout.number(in.domain(), name, hosts);
                if (number >= 0 && number < named.length) {
                    named[number] = true;
                }
            }
        } else {
            named = new boolean[0];
        }
    }

    /** As people wrote it. */
    public PlacementRule rule() {
        return rule;
    }

    int group() {
        return group;
    }

    boolean names(int domain) {
        return domain >= 0 && domain < named.length && named[domain];
    }

    /** For hosts: the rows of a chunk of 64 that a rule "in" names. */
    long namedRows(int chunk) {
        long rows = 0;
        for (int row = chunk * 64; row < Math.min(named.length, chunk * 64 + 64); row++) {
            rows |= named[row] ? 1L << row : 0;
        }
        return rows;
    }
}

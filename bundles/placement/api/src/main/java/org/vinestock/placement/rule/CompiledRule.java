package org.vinestock.placement.rule;

import org.vinestock.inventory.Hosts;

/** A rule with its names turned into numbers of one {@link Layout}. */
public final class CompiledRule {
    private final PlacementRule rule;
    private final int group;
    /** By domain: whether a rule "in" names it; empty for other rules. */
    private final boolean[] named;
    /** The same by chunk of 64 rows. */
    private final long[] namedRows;

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
            namedRows = rows(in.domain(), layout);
        } else {
            named = new boolean[0];
            namedRows = new long[0];
        }
    }

    private long[] rows(Domain domain, Layout layout) {
        int end = layout.end(Domain.HOST);
        long[] rows = new long[(end + 63) >> 6];
        for (int row = 0; row < end; row++) {
            rows[row >> 6] |= names(layout.domain(domain, row)) ? 1L << row : 0;
        }
        return rows;
    }

    /** As people wrote it. */
    public PlacementRule rule() {
        return rule;
    }

    int group() {
        return group;
    }

    /** Whether it depends on how many VMs of its group are in each domain of a kind. */
    boolean counts(Domain domain) {
        Demand demand = rule.demand();
        if (demand instanceof Demand.In) {
            return false;
        }
        return domain == (demand instanceof Demand.Together ? Domain.HOST : demand.domain());
    }

    boolean names(int domain) {
        return domain >= 0 && domain < named.length && named[domain];
    }

    /** The rows whose hosts are in the domains that a rule "in" names, by chunk; not to be written to. */
    long[] namedRows() {
        return namedRows;
    }
}

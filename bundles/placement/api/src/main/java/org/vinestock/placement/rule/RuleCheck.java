package org.vinestock.placement.rule;

import java.util.Arrays;
import java.util.Optional;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.VmId;

/**
 * One rule held against hosts for one VM. What the VM itself takes in the snapshot is left out. Made for one question on
 * one snapshot; {@link #allows} allocates nothing.
 */
public final class RuleCheck {
    private static final int NOWHERE = -1;
    private static final int SEVERAL = -2;

    private final RuleIndex index;
    private final CompiledRule compiled;
    private final Demand demand;
    private final Hosts hosts;
    /** Where the VM itself counts now, as rows; -1 if it does not. */
    private final int own;

    private final int ownSeen;
    /** For a rule "together": the one domain where the others are. */
    private final int anchor;
    /** Prepares a rule for a VM. */
    public RuleCheck(RuleIndex index, CompiledRule compiled, VmId vm, Snapshot snapshot) {
        this.index = index;
        this.compiled = compiled;
        this.demand = compiled.rule().demand();
        this.hosts = snapshot.hosts();
        Optional<Vm> wanted = snapshot.rows(SiteKinds.VM).find(vm);
        Group group = compiled.rule().group();
        int first = -1;
        int second = -1;
        if (wanted.isPresent() && wanted.get().labels().has(group.key(), group.value())) {
            var host = wanted.get().host();
            first = host == null ? -1 : hosts.row(host);
            Optional<ObservedVm> seen = snapshot.rows(SiteKinds.VM_OBSERVED).find(vm);
            second = seen.isEmpty() ? -1 : hosts.row(seen.get().host());
        }
        own = first;
        ownSeen = second;
        anchor = demand instanceof Demand.Together ? anchor() : NOWHERE;
    }

    /** The rule. */
    public PlacementRule rule() {
        return compiled.rule();
    }

    /** Whether the VM may go to a row's host. */
    public boolean allows(int row) {
        int domain = index.layout().domain(demand.domain(), row);
        if (domain < 0) {
            return false;
        }
        if (demand instanceof Demand.Together) {
            return anchor == NOWHERE || anchor == domain;
        } else if (demand instanceof Demand.In) {
            return compiled.names(domain);
        } else if (demand instanceof Demand.AtMost most) {
            return others(domain) < most.count();
        }
        return others(domain) == 0;
    }

    /** Keeps those of some {@link RowBits} to whose hosts the VM may go; only hosts of the site are among them. */
    public void keepAllowed(long[] rows) {
        Domain domain = demand.domain();
        if (demand instanceof Demand.In) {
            RowBits.keep(rows, compiled.namedRows());
        } else if (domain == Domain.HOST) {
            keepAllowedHosts(rows);
        } else if (!(demand instanceof Demand.Together)) {
            Areas areas = index.layout().areas(domain);
            RowBits.keep(rows, areas.all());
            RowBits.drop(rows, crowded(areas));
        } else if (anchor == NOWHERE) {
            RowBits.keep(rows, index.layout().areas(domain).all());
        } else {
            index.layout().areas(domain).keep(rows, anchor);
        }
    }

    /** The rows whose rack or zone has as many of the group as it may, by chunk. */
    private long[] crowded(Areas areas) {
        long[] rows = areas.none();
        IntColumn column = index.counts(compiled, demand.domain());
        int most = demand instanceof Demand.AtMost atMost ? atMost.count() : 1;
        for (int number = column.skip(0); number < column.end(); number = column.skip(number + 1)) {
            if (column.get(number) >= most && others(number) >= most) {
                areas.addTo(rows, number);
            }
        }
        return rows;
    }

    private void keepAllowedHosts(long[] rows) {
        if (!(demand instanceof Demand.Together)) {
            boolean ownIn = contains(rows, own);
            boolean ownSeenIn = contains(rows, ownSeen);
            int most = demand instanceof Demand.AtMost atMost ? atMost.count() : 1;
            index.counts(compiled, Domain.HOST).dropAtLeast(rows, most);
            putBack(rows, own, ownIn);
            putBack(rows, ownSeen, ownSeenIn);
        } else if (anchor != NOWHERE) {
            boolean there = contains(rows, anchor);
            Arrays.fill(rows, 0);
            putBack(rows, anchor, there);
        }
    }

    private static boolean contains(long[] rows, int row) {
        return row >= 0 && row >> 6 < rows.length && (rows[row >> 6] & 1L << row) != 0;
    }

    private void putBack(long[] rows, int row, boolean wasIn) {
        if (wasIn && allows(row)) {
            rows[row >> 6] |= 1L << row;
        }
    }

    /** Says with the numbers why {@link #allows} is false. */
    public String because(int row) {
        Layout layout = index.layout();
        Group group = rule().group();
        int domain = layout.domain(demand.domain(), row);
        String host = hosts.id(row).value();
        if (domain < 0) {
            return host + " is in no " + demand.domain() + " that is known; add it to the site first";
        }
        String name = layout.name(demand.domain(), domain, hosts);
        String where =
                demand.domain() == Domain.HOST ? host : host + " is in " + demand.domain() + " " + name + ", which";
        if (demand instanceof Demand.Together) {
            return anchor == SEVERAL
                    ? "the other VMs with " + group + " are in several " + demand.domain()
                            + "s; bring them together first"
                    : host + " is not in " + demand.domain() + " " + layout.name(demand.domain(), anchor, hosts)
                            + ", where the other VMs with " + group + " are";
        } else if (demand instanceof Demand.In in) {
            return host + (demand.domain() == Domain.HOST ? "" : " is in " + demand.domain() + " " + name + " and")
                    + " is not in " + String.join(" or ", in.names()) + ", where VMs with " + group + " have to be";
        } else if (demand instanceof Demand.AtMost most) {
            return where + " has " + others(domain) + " of at most " + most.count() + " VMs with " + group;
        }
        return where + " has " + (others(domain) == 1 ? "a VM" : others(domain) + " VMs") + " with " + group
                + " already";
    }

    private int others(int domain) {
        Domain kind = demand.domain();
        int count = index.count(compiled, kind, domain);
        boolean counted = (own >= 0 && index.layout().domain(kind, own) == domain)
                || (ownSeen >= 0 && index.layout().domain(kind, ownSeen) == domain);
        return counted ? count - 1 : count;
    }

    private int anchor() {
        IntColumn column = index.counts(compiled, Domain.HOST);
        int found = NOWHERE;
        for (int row = column.skip(0); row < column.end(); row = column.skip(row + 1)) {
            int count = column.get(row) - (row == own || row == ownSeen ? 1 : 0);
            if (count > 0 && index.layout().up(row)) {
                int domain = index.layout().domain(demand.domain(), row);
                if (found != NOWHERE && found != domain) {
                    return SEVERAL;
                }
                found = domain;
            }
        }
        return found;
    }
}

package org.vinestock.placement.rule;

/** How many VMs of one group are in each host, rack and zone. Immutable. */
record GroupCounts(IntColumn hosts, IntColumn racks, IntColumn zones) {
    static final GroupCounts NONE = new GroupCounts(IntColumn.EMPTY, IntColumn.EMPTY, IntColumn.EMPTY);

    IntColumn of(Domain domain) {
        return switch (domain) {
            case HOST -> hosts;
            case RACK -> racks;
            case ZONE -> zones;
        };
    }

    /** Counts a VM that is at two rows, or at one if the other is negative: once a domain. */
    GroupCounts plus(Layout layout, int first, int second, int delta) {
        return new GroupCounts(
                plus(layout, Domain.HOST, first, second, delta),
                plus(layout, Domain.RACK, first, second, delta),
                plus(layout, Domain.ZONE, first, second, delta));
    }

    private IntColumn plus(Layout layout, Domain domain, int first, int second, int delta) {
        int one = layout.domain(domain, first);
        int two = layout.domain(domain, second);
        IntColumn column = one < 0 ? of(domain) : of(domain).plus(one, delta);
        return two < 0 || two == one ? column : column.plus(two, delta);
    }
}

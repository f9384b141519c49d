package org.vinestock.placement.rule;

import java.util.List;
import org.vinestock.model.ObjectId;

/** What a rule demands of its group. */
public sealed interface Demand {
    /** What is taken as one. */
    Domain domain();

    /** All VMs of the group are in one domain; VMs on hosts that are down do not count. */
    record Together(Domain domain) implements Demand {}

    /** No two VMs of the group are in one domain. */
    record Apart(Domain domain) implements Demand {}

    /**
     * All VMs of the group are in domains of these names.
     *
     * @param names one or more
     */
    record In(Domain domain, List<String> names) implements Demand {
        /** Checks that there is a name. */
        public In {
            names = List.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException("a rule \"in\" names no " + domain + "; accepted: one or more");
            }
            for (String name : names) {
                ObjectId.checked(domain.toString(), name);
            }
        }
    }

    /**
     * At most so many VMs of the group are in one domain.
     *
     * @param count 1 or more
     */
    record AtMost(Domain domain, int count) implements Demand {
        /** Checks the range. */
        public AtMost {
            if (count < 1) {
                throw new IllegalArgumentException("at most " + count + " a " + domain + "; accepted: 1 or more");
            }
        }
    }
}

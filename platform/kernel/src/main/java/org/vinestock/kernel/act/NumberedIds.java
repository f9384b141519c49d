package org.vinestock.kernel.act;

import org.vinestock.inventory.Snapshot;
import org.vinestock.operation.Planning;

/** Makes ids by counting: {@code vm-1001}, {@code vm-1002}. Four digits from the start, so that lists sort well. */
record NumberedIds(Counters counters) {
    private static final long FIRST = 1001;
    private static final long BLOCK = 100;

    String next(String kind) {
        return kind + '-' + counters.next("id." + kind, FIRST, BLOCK);
    }

    Planning planning(Snapshot snapshot) {
        return new Planning() {
            @Override
            public Snapshot snapshot() {
                return snapshot;
            }

            @Override
            public String newId(String kind) {
                return next(kind);
            }
        };
    }
}

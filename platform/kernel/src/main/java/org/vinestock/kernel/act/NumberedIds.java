package org.vinestock.kernel.act;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.vinestock.inventory.Snapshot;
import org.vinestock.operation.Planning;

/** Makes ids by counting: {@code vm-1001}, {@code vm-1002}. Four digits from the start, so that lists sort well. */
final class NumberedIds {
    private static final long FIRST = 1001;

    private final Map<String, AtomicLong> next = new ConcurrentSkipListMap<>();

    String next(String kind) {
        return kind
                + '-'
                + next.computeIfAbsent(kind, any -> new AtomicLong(FIRST)).getAndIncrement();
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

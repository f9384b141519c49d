package org.vinestock.store.snapshot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.OccupantRow;
import org.vinestock.model.HostId;
import org.vinestock.model.ObjectId;

/** What one object takes of hosts: on each host that its rows name, the largest size that such a row gives, once. */
final class Occupancy {
    private final ObjectId id;
    private final Tables tables;

    Occupancy(ObjectId id, Tables tables) {
        this.id = id;
        this.tables = tables;
    }

    /**
     * Moves the columns from what the object took to what it takes, when one of its rows changes.
     *
     * @param changed the table of that row; its row is passed over in favour of the two given
     */
    void change(Table<?> changed, @Nullable Record before, @Nullable Record after, HostColumns.Editor columns) {
        List<OccupantRow> others = others(changed);
        OccupantRow left = (OccupantRow) before;
        OccupantRow entered = (OccupantRow) after;
        HostId from = left == null ? null : left.host();
        HostId to = entered == null ? null : entered.host();
        if (from != null) {
            take(from, others, left, from.equals(to) ? entered : null, columns);
        }
        if (to != null && !to.equals(from)) {
            take(to, others, null, entered, columns);
        }
    }

    /** On one host: gives back the largest of {@code others} and {@code before}, takes that of them and {@code after}. */
    private static void take(
            HostId host,
            List<OccupantRow> others,
            @Nullable OccupantRow before,
            @Nullable OccupantRow after,
            HostColumns.Editor columns) {
        long millicores = 0;
        long memory = 0;
        for (OccupantRow other : others) {
            if (host.equals(other.host())) {
                millicores = Math.max(millicores, other.millicores());
                memory = Math.max(memory, other.memory());
            }
        }
        long millicoresBefore = before == null ? millicores : Math.max(millicores, before.millicores());
        long memoryBefore = before == null ? memory : Math.max(memory, before.memory());
        long millicoresAfter = after == null ? millicores : Math.max(millicores, after.millicores());
        long memoryAfter = after == null ? memory : Math.max(memory, after.memory());
        columns.take(host, millicoresAfter - millicoresBefore, memoryAfter - memoryBefore);
    }

    private List<OccupantRow> others(Table<?> changed) {
        List<OccupantRow> others = List.of();
        for (Table<?> table : tables.all()) {
            if (table.ofOccupants()
                    && !table.kind().name().equals(changed.kind().name())) {
                Entry entry = table.entry(id);
                if (entry != null) {
                    others = others.isEmpty() ? new ArrayList<>(2) : others;
                    others.add((OccupantRow) entry.row);
                }
            }
        }
        return others;
    }
}

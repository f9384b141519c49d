package org.vinestock.placement.contract;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Hosts;
import org.vinestock.model.HostId;

/** Columns that were computed from all rows. */
record HandMadeHosts(List<HostId> ids, SortedMap<String, Integer> rows, List<Column> columns) implements Hosts {
    /** One host. */
    record Column(boolean accepts, long millicores, long memory, long freeMillicores, long freeMemory) {}

    @Override
    public int end() {
        return ids.size();
    }

    @Override
    public int row(HostId id) {
        @Nullable Integer row = rows.get(id.value());
        return row == null ? -1 : row;
    }

    @Override
    public HostId id(int row) {
        return ids.get(row);
    }

    @Override
    public boolean accepts(int row) {
        return columns.get(row).accepts();
    }

    @Override
    public long millicores(int row) {
        return columns.get(row).millicores();
    }

    @Override
    public long memory(int row) {
        return columns.get(row).memory();
    }

    @Override
    public long freeMillicores(int row) {
        return columns.get(row).freeMillicores();
    }

    @Override
    public long freeMemory(int row) {
        return columns.get(row).freeMemory();
    }

    @Override
    public double load(int row) {
        return 0;
    }
}

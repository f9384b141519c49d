package org.vinestock.dataplane.engine.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.block.ExtentSink;

/** What is where in a disk: neighbours of one sort become one, up to a number of them. */
final class ExtentMap implements ExtentSink {
    private final List<Extent> extents = new ArrayList<>();
    private final long size;
    private final long most;
    private long end;
    private boolean full;

    private record Extent(long offset, long length, int depth, boolean data, boolean allocated) {
        boolean continuedBy(Extent next) {
            return depth == next.depth && data == next.data && allocated == next.allocated;
        }

        Map<String, @Nullable Object> fields() {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("offset", offset);
            fields.put("length", length);
            fields.put("depth", (long) depth);
            fields.put("data", data);
            fields.put("allocated", allocated);
            return fields;
        }
    }

    /** Of a disk of {@code size} bytes, from {@code from} on. */
    ExtentMap(long from, long size, long most) {
        this.end = from;
        this.size = size;
        this.most = most;
    }

    @Override
    public boolean extent(long length, int kind, int depth) {
        if (full) {
            return false;
        }
        boolean data = (kind & ZERO) == 0;
        Extent next = new Extent(end, Math.min(length, size - end), depth, data, data || (kind & ALLOCATED) != 0);
        int last = extents.size() - 1;
        if (last >= 0 && extents.get(last).continuedBy(next)) {
            Extent before = extents.get(last);
            extents.set(
                    last,
                    new Extent(before.offset, before.length + next.length, next.depth, next.data, next.allocated));
        } else if (extents.size() < most) {
            extents.add(next);
        } else {
            full = true;
            return false;
        }
        end += next.length;
        return true;
    }

    /** Where it is to go on; the size when all is there. */
    long end() {
        return end;
    }

    /** Whether no more are wanted. */
    boolean isFull() {
        return full || end >= size;
    }

    List<@Nullable Object> fields() {
        List<@Nullable Object> fields = new ArrayList<>();
        extents.forEach(extent -> fields.add(extent.fields()));
        return fields;
    }
}

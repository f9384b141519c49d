package org.vinestock.dataplane.engine.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vinestock.dataplane.engine.nbd.Export;
import org.vinestock.dataplane.engine.nbd.Traffic;

/**
 * What clients did with each export, with the ranges that they touched. The more exports there are the coarser are the ranges:
 * all of it fits into one message.
 */
final class Summaries {
    /** Of all exports together; each is some forty bytes at most. */
    static final int RANGES = 16_384;

    private Summaries() {}

    static List<@Nullable Object> of(List<Export> exports) {
        List<@Nullable Object> list = new ArrayList<>();
        for (Export export : exports) {
            list.add(of(export.name(), export.traffic(), RANGES / exports.size()));
        }
        return list;
    }

    private static Map<String, @Nullable Object> of(String name, Traffic traffic, int most) {
        int together = 1;
        while (traffic.granules() > (long) together * most) {
            together *= 2;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("reads", traffic.reads());
        fields.put("readBytes", traffic.readBytes());
        fields.put("writes", traffic.writes());
        fields.put("writtenBytes", traffic.writtenBytes());
        fields.put("flushes", traffic.flushes());
        fields.put("granuleBytes", traffic.granuleBytes() * together);
        List<@Nullable Object> ranges = new ArrayList<>();
        for (int from = 0; from < traffic.granules(); from += together) {
            long read = 0;
            long written = 0;
            for (int i = from; i < Math.min(from + together, traffic.granules()); i++) {
                read += traffic.readAt(i);
                written += traffic.writtenAt(i);
            }
            if (read > 0 || written > 0) {
                ranges.add(List.of((long) (from / together), read, written));
            }
        }
        fields.put("ranges", ranges);
        return fields;
    }
}

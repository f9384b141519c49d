package org.vinestock.dataplane.engine.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be served.
 *
 * @param name of the export
 * @param format raw or qcow2, of the first file
 * @param chain files, the one that is written first, then all that it is backed by, or none of them
 */
public record DiskSpec(String name, String format, List<String> chain, boolean writable) {
    public DiskSpec {
        chain = List.copyOf(chain);
    }

    static DiskSpec of(Message message) throws RefusedException {
        return new DiskSpec(
                message.text("name"), message.text("format"), message.texts("chain"), message.truth("writable"));
    }

    Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("format", format);
        fields.put("chain", chain);
        fields.put("writable", writable);
        return fields;
    }
}

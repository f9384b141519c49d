package org.vinestock.qemu.host;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.vinestock.machines.VmSpec;
import org.vinestock.machines.hardware.Hardware;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Labels;
import org.vinestock.model.VmId;
import org.vinestock.qemu.qmp.Json;

/**
 * What a VM's directory says of it: enough to know it again and to start it without the inventory.
 *
 * @param uuid the guest sees it; also what tells this VM from a former one of the same name
 * @param epoch the newest that was shown; older ones are refused
 */
record VmRecord(VmId id, UUID uuid, long millicores, ByteCount memory, Labels labels, long epoch, Hardware hardware) {
    private static final long FORMAT = 2;

    static VmRecord of(VmSpec spec, UUID uuid, long epoch) {
        return new VmRecord(spec.id(), uuid, spec.millicores(), spec.memory(), spec.labels(), epoch, spec.hardware());
    }

    VmRecord withEpoch(long newer) {
        return new VmRecord(id, uuid, millicores, memory, labels, newer, hardware);
    }

    VmRecord with(Hardware other) {
        return new VmRecord(id, uuid, millicores, memory, labels, epoch, other);
    }

    /** Whether it is what a spec asks for. */
    boolean satisfies(VmSpec spec) {
        return id.equals(spec.id())
                && millicores == spec.millicores()
                && memory.equals(spec.memory())
                && hardware.equals(spec.hardware());
    }

    byte[] written() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("id", id.value());
        json.put("uuid", uuid.toString());
        json.put("millicores", millicores);
        json.put("memory", memory.bytes());
        json.put("labels", labels.values());
        json.put("epoch", epoch);
        json.put("hardware", HardwareJson.written(hardware));
        return Json.write(json);
    }

    /**
     * Reads what {@link #written} made.
     *
     * @throws IllegalArgumentException naming the field
     */
    static VmRecord read(byte[] bytes) {
        Map<String, @Nullable Object> json = Json.read(bytes);
        if (number(json, "format") > FORMAT) {
            throw new IllegalArgumentException(
                    "format " + json.get("format") + " is of a later version; accepted: up to " + FORMAT);
        }
        SortedMap<String, String> labels = new TreeMap<>();
        if (json.get("labels") instanceof Map<?, ?> pairs) {
            pairs.forEach((key, value) -> labels.put(String.valueOf(key), String.valueOf(value)));
        }
        return new VmRecord(
                new VmId(text(json, "id")),
                UUID.fromString(text(json, "uuid")),
                number(json, "millicores"),
                new ByteCount(number(json, "memory")),
                new Labels(labels),
                number(json, "epoch"),
                HardwareJson.read(json.get("hardware")));
    }

    private static String text(Map<String, @Nullable Object> json, String field) {
        if (json.get(field) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(field + " is missing");
    }

    private static long number(Map<String, @Nullable Object> json, String field) {
        if (json.get(field) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException(field + " is missing");
    }
}

package org.vinestock.kernel.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sorted maps; as text {@code key=value,key=value}. Written in the order of the keys' texts. */
final class MapShape<K, V> extends Shape<SortedMap<K, V>> {
    private final TextShape<K> key;
    private final Shape<V> value;

    MapShape(TextShape<K> key, Shape<V> value) {
        this.key = key;
        this.value = value;
    }

    @Override
    void write(JsonOutput out, SortedMap<K, V> of) {
        out.beginObject();
        if (isInOrder(of)) {
            of.forEach((each, its) -> write(out, key.text(each), its));
        } else {
            SortedMap<String, V> byText = new TreeMap<>();
            of.forEach((each, its) -> byText.put(key.text(each), its));
            byText.forEach((text, its) -> write(out, text, its));
        }
        out.endObject();
    }

    /** Whether the order of the keys is that of their texts. */
    private static boolean isInOrder(SortedMap<?, ?> map) {
        return map.size() < 2 || (map.comparator() == null && map.firstKey() instanceof String);
    }

    private void write(JsonOutput out, String text, V its) {
        out.name(text);
        value.write(out, its);
    }

    @Override
    SortedMap<K, V> read(JsonInput in) throws IOException {
        if (in.parser().currentToken() == JsonToken.VALUE_STRING) {
            try {
                return parse(in.parser().getText());
            } catch (IllegalArgumentException e) {
                throw in.wrong(String.valueOf(e.getMessage()), e);
            }
        }
        if (in.parser().currentToken() != JsonToken.START_OBJECT) {
            throw in.mismatch(accepted());
        }
        SortedMap<K, V> values = new TreeMap<>();
        while (in.parser().nextToken() == JsonToken.FIELD_NAME) {
            String name = in.parser().currentName();
            in.enter(name);
            put(values, name, in);
            in.leave();
        }
        return Collections.unmodifiableSortedMap(values);
    }

    private void put(SortedMap<K, V> values, String name, JsonInput in) throws IOException {
        K parsed;
        try {
            parsed = key.parse(name);
        } catch (IllegalArgumentException e) {
            throw in.wrong(String.valueOf(e.getMessage()), e);
        }
        in.parser().nextToken();
        if (values.put(parsed, in.readValue(value)) != null) {
            throw in.wrong("given twice; accepted: each key once");
        }
    }

    @Override
    SortedMap<K, V> parse(String typed) {
        SortedMap<K, V> values = new TreeMap<>();
        if (typed.isBlank()) {
            return Collections.unmodifiableSortedMap(values);
        }
        for (String entry : typed.split(",", -1)) {
            int equals = entry.indexOf('=');
            if (equals < 1 || entry.substring(0, equals).isBlank()) {
                throw new IllegalArgumentException(
                        JsonInput.shown(entry) + " is not key=value; accepted: such as app=web,tier=db");
            }
            K parsed = key.parse(entry.substring(0, equals).strip());
            if (values.put(parsed, value.parse(entry.substring(equals + 1).strip())) != null) {
                throw new IllegalArgumentException(key.text(parsed) + " is given twice; accepted: each key once");
            }
        }
        return Collections.unmodifiableSortedMap(values);
    }

    @Override
    boolean hasEmpty() {
        return true;
    }

    @Override
    boolean optional() {
        return true;
    }

    @Override
    SortedMap<K, V> empty() {
        return Collections.emptySortedMap();
    }

    @Override
    String accepted() {
        return "an object, or key=value,key=value";
    }
}

package org.vinestock.surfaces.http;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is no record - documents made of maps, lists, text, numbers and truth values - also while there is no codec,
 * and finds the names in an object, which no codec tells.
 */
public final class Json {
    private Json() {}

    /** JSON that is there already, such as from the codec. */
    public record Raw(String text) {}

    /** Writes a value. */
    public static String write(@Nullable Object value) {
        StringBuilder json = new StringBuilder();
        write(value, json);
        return json.toString();
    }

    private static void write(@Nullable Object value, StringBuilder json) {
        if (value instanceof Raw raw) {
            json.append(raw.text());
        } else if (value instanceof Map<?, ?> map) {
            String between = "";
            json.append('{');
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.append(between);
                quote(String.valueOf(entry.getKey()), json);
                json.append(':');
                write(entry.getValue(), json);
                between = ",";
            }
            json.append('}');
        } else if (value instanceof List<?> list) {
            json.append('[');
            for (Iterator<?> items = list.iterator(); items.hasNext(); ) {
                write(items.next(), json);
                json.append(items.hasNext() ? "," : "");
            }
            json.append(']');
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            json.append(value);
        } else {
            quote(value.toString(), json);
        }
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c == '\u2028' || c == '\u2029') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    /**
     * The names of the fields of a JSON object, not of objects within. Text that is no JSON yields what can be seen: the
     * codec says what is wrong with it.
     */
    public static SortedSet<String> names(String json) {
        SortedSet<String> names = new TreeSet<>();
        int depth = 0;
        boolean name = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                int end = endOfText(json, i + 1);
                if (depth == 1 && name) {
                    names.add(json.substring(i + 1, end));
                }
                name = false;
                i = end;
            } else if (c == '{' || c == '[') {
                depth++;
                name = c == '{';
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (c == ',') {
                name = true;
            }
        }
        return names;
    }

    private static int endOfText(String json, int from) {
        int i = from;
        while (i < json.length() && json.charAt(i) != '"') {
            i += json.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i, json.length());
    }
}

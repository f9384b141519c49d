package org.vinestock.dataplane.engine.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the JSON that the process speaks: objects, lists, texts, whole numbers, truth values, null. Strict: a
 * number with a fraction, a name that comes twice or anything behind the end is refused.
 *
 * <p>A library would be three times the size of the rest of the process, for messages of a dozen fields.
 */
final class Json {
    private static final int DEEPEST = 16;

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** Thrown with what is wrong and where. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedException(String message) {
            super(message);
        }
    }

    static Map<String, @Nullable Object> object(String text) throws MalformedException {
        Json json = new Json(text);
        json.space();
        if (json.peek() != '{') {
            throw json.wrong("an object");
        }
        Map<String, @Nullable Object> object = json.readObject(0);
        json.space();
        if (json.at < text.length()) {
            throw json.wrong("the end");
        }
        return object;
    }

    private @Nullable Object value(int depth) throws MalformedException {
        if (depth > DEEPEST) {
            throw wrong("something less deep");
        }
        space();
        char next = peek();
        if (next == '{') {
            return readObject(depth);
        } else if (next == '[') {
            return readList(depth);
        } else if (next == '"') {
            return readText();
        } else if (next == '-' || (next >= '0' && next <= '9')) {
            return readNumber();
        }
        for (String word : new String[] {"true", "false", "null"}) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("null") ? null : Boolean.valueOf(word);
            }
        }
        throw wrong("a value");
    }

    private Map<String, @Nullable Object> readObject(int depth) throws MalformedException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        at++;
        space();
        if (peek() == '}') {
            at++;
            return object;
        }
        while (true) {
            space();
            String name = readText();
            space();
            expect(':');
            if (object.containsKey(name)) {
                throw wrong("another name than '" + name + "'");
            }
            object.put(name, value(depth + 1));
            space();
            if (peek() == '}') {
                at++;
                return object;
            }
            expect(',');
        }
    }

    private List<@Nullable Object> readList(int depth) throws MalformedException {
        List<@Nullable Object> list = new ArrayList<>();
        at++;
        space();
        if (peek() == ']') {
            at++;
            return list;
        }
        while (true) {
            list.add(value(depth + 1));
            space();
            if (peek() == ']') {
                at++;
                return list;
            }
            expect(',');
        }
    }

    private Long readNumber() throws MalformedException {
        int from = at++;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        try {
            return Long.valueOf(text.substring(from, at));
        } catch (NumberFormatException e) {
            throw wrong("a whole number of 64 bits");
        }
    }

    private String readText() throws MalformedException {
        expect('"');
        StringBuilder read = new StringBuilder();
        while (true) {
            char next = peek();
            at++;
            if (next == '"') {
                return read.toString();
            } else if (next < ' ') {
                throw wrong("an escape");
            }
            read.append(next == '\\' ? escaped() : next);
        }
    }

    private char escaped() throws MalformedException {
        char next = peek();
        at++;
        int plain = "\"\\/bfnrt".indexOf(next);
        if (plain >= 0) {
            return "\"\\/\b\f\n\r\t".charAt(plain);
        }
        if (next != 'u' || at + 4 > text.length()) {
            throw wrong("an escape");
        }
        try {
            char read = (char) Integer.parseInt(text, at, at + 4, 16);
            at += 4;
            return read;
        } catch (NumberFormatException e) {
            throw wrong("four digits");
        }
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() throws MalformedException {
        if (at >= text.length()) {
            throw wrong("more");
        }
        return text.charAt(at);
    }

    private void expect(char wanted) throws MalformedException {
        if (peek() != wanted) {
            throw wrong("'" + wanted + "'");
        }
        at++;
    }

    private MalformedException wrong(String wanted) {
        return new MalformedException("at character " + (at + 1) + ": expected " + wanted);
    }

    /** Of maps with texts for names, lists, texts, whole numbers, truth values and nulls. */
    static String write(@Nullable Object value) {
        StringBuilder into = new StringBuilder();
        write(value, into);
        return into.toString();
    }

    private static void write(@Nullable Object value, StringBuilder into) {
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                into.append(separator);
                writeText(String.valueOf(entry.getKey()), into);
                into.append(':');
                write(entry.getValue(), into);
                separator = ",";
            }
            into.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            String separator = "[";
            for (Object element : list) {
                into.append(separator);
                write(element, into);
                separator = ",";
            }
            into.append(list.isEmpty() ? "[]" : "]");
        } else if (value instanceof String text) {
            writeText(text, into);
        } else {
            into.append(value);
        }
    }

    private static void writeText(String text, StringBuilder into) {
        into.append('"');
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '"' || next == '\\') {
                into.append('\\').append(next);
            } else if (next < ' ' || Character.isSurrogate(next)) {
                into.append(String.format("\\u%04x", (int) next));
            } else {
                into.append(next);
            }
        }
        into.append('"');
    }
}

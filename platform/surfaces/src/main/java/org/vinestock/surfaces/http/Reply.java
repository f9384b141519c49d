package org.vinestock.surfaces.http;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a request: JSON with a status.
 *
 * @param lines what is sent instead of {@code json}, a JSON value a line; null = {@code json} is
 */
public record Reply(
        int status,
        String json,
        Map<String, String> headers,
        @Nullable Lines lines) {
    /** Writes lines as they come. */
    @FunctionalInterface
    public interface Lines {
        /** Writes all of them, unless whoever reads goes away; called once, and also if nobody wants to read. */
        void write(Writer out) throws IOException;
    }

    /** Copies the headers. */
    public Reply {
        headers = new TreeMap<>(headers);
    }

    /** Makes an answer of one JSON value. */
    public Reply(int status, String json, Map<String, String> headers) {
        this(status, json, headers, null);
    }

    /** Makes an answer without headers. */
    public Reply(int status, String json) {
        this(status, json, new TreeMap<>());
    }

    /** Makes an answer of many lines. */
    public static Reply of(Lines lines) {
        return new Reply(200, "", new TreeMap<>(), lines);
    }

    /** Adds a header. */
    public Reply withHeader(String name, String value) {
        Map<String, String> larger = new TreeMap<>(headers);
        larger.put(name, value);
        return new Reply(status, json, larger, lines);
    }
}

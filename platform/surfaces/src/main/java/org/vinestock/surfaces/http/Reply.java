package org.vinestock.surfaces.http;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a request: JSON with a status, or something instead of the JSON.
 *
 * @param instead null = {@code json} is sent
 */
public record Reply(
        int status,
        String json,
        Map<String, String> headers,
        @Nullable Body instead) {
    /** What is sent instead of JSON. */
    public sealed interface Body permits Lines, Png {}

    /** Writes lines as they come, a JSON value a line. */
    public non-sealed interface Lines extends Body {
        /** Writes all of them, unless whoever reads goes away; called once, and also if nobody wants to read. */
        void write(Writer out) throws IOException;
    }

    /** A picture. */
    public static final class Png implements Body {
        private final byte[] bytes;

        /** Makes one of its bytes, which nobody changes any more. */
        public Png(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Its bytes. */
        public byte[] bytes() {
            return bytes;
        }
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

    /** Makes an answer of something else than JSON. */
    public static Reply of(Body instead) {
        return new Reply(200, "", new TreeMap<>(), instead);
    }

    /** Adds a header. */
    public Reply withHeader(String name, String value) {
        Map<String, String> larger = new TreeMap<>(headers);
        larger.put(name, value);
        return new Reply(status, json, larger, instead);
    }
}

package org.vinestock.surfaces.http;

import java.util.Map;
import java.util.TreeMap;

/** An answer to a request: JSON with a status. */
public record Reply(int status, String json, Map<String, String> headers) {
    /** Copies the headers. */
    public Reply {
        headers = new TreeMap<>(headers);
    }

    /** Makes an answer without headers. */
    public Reply(int status, String json) {
        this(status, json, new TreeMap<>());
    }

    /** Adds a header. */
    public Reply withHeader(String name, String value) {
        Map<String, String> larger = new TreeMap<>(headers);
        larger.put(name, value);
        return new Reply(status, json, larger);
    }
}

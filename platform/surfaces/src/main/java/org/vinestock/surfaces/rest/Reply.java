package org.vinestock.surfaces.rest;

import java.util.Map;
import java.util.TreeMap;

/** An answer to a request: JSON with a status. */
record Reply(int status, String json, Map<String, String> headers) {
    Reply {
        headers = new TreeMap<>(headers);
    }

    Reply(int status, String json) {
        this(status, json, new TreeMap<>());
    }

    Reply withHeader(String name, String value) {
        Map<String, String> larger = new TreeMap<>(headers);
        larger.put(name, value);
        return new Reply(status, json, larger);
    }
}

package org.vinestock.kernel.json;

import java.io.IOException;

/** Values that stay JSON. */
final class JsonShape extends Shape<Json> {
    @Override
    void write(JsonOutput out, Json of) {
        out.raw(of.text());
    }

    @Override
    Json read(JsonInput in) throws IOException {
        return new Json(in.current());
    }

    @Override
    Json parse(String typed) {
        return JsonInput.read(typed, this);
    }

    @Override
    String accepted() {
        return "any JSON value";
    }
}

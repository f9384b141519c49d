package org.vinestock.kernel.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Values of which only the running program knows the type: written by it, and not to be read back. */
final class RuntimeShape extends Shape<Object> {
    @Override
    void write(JsonGenerator out, Object of) throws IOException {
        Shapes.writeAny(out, of);
    }

    @Override
    Object read(JsonInput in) {
        throw in.wrong("cannot be read, because its type is not fixed; read it by itself as the type that it has");
    }

    @Override
    String accepted() {
        return "any record";
    }
}

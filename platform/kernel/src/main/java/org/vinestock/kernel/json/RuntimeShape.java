package org.vinestock.kernel.json;

/** Values of which only the running program knows the type: written by it, and not to be read back. */
final class RuntimeShape extends Shape<Object> {
    @Override
    void write(JsonOutput out, Object of) {
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

package org.vinestock.kernel.json;

import java.io.IOException;
import java.util.function.Function;

/** Values that look like another type: labels like their map. */
final class MappedShape<T, S> extends Shape<T> {
    private final Shape<S> inner;
    private final Function<? super T, ? extends S> in;
    private final Function<? super S, ? extends T> out;

    MappedShape(Shape<S> inner, Function<? super T, ? extends S> in, Function<? super S, ? extends T> out) {
        this.inner = inner;
        this.in = in;
        this.out = out;
    }

    @Override
    void write(JsonOutput to, T of) {
        inner.write(to, in.apply(of));
    }

    @Override
    T read(JsonInput from) throws IOException {
        return out.apply(inner.read(from));
    }

    @Override
    T parse(String typed) {
        return out.apply(inner.parse(typed));
    }

    @Override
    boolean hasEmpty() {
        return inner.hasEmpty();
    }

    @Override
    boolean optional() {
        return inner.optional();
    }

    @Override
    T empty() {
        return out.apply(inner.empty());
    }

    @Override
    String accepted() {
        return inner.accepted();
    }
}

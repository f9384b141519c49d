package org.vinestock.kernel.json;

import java.io.IOException;
import java.util.Optional;

/** Optional values: {@code null} in JSON if empty. */
final class OptionalShape<T> extends Shape<Optional<T>> {
    private final Shape<T> inner;

    OptionalShape(Shape<T> inner) {
        this.inner = inner;
    }

    @Override
    void write(JsonOutput out, Optional<T> of) {
        if (of.isPresent()) {
            inner.write(out, of.get());
        } else {
            out.nothing();
        }
    }

    @Override
    Optional<T> read(JsonInput in) throws IOException {
        return Optional.of(inner.read(in));
    }

    @Override
    Optional<T> parse(String typed) {
        return Optional.of(inner.parse(typed));
    }

    @Override
    boolean hasEmpty() {
        return true;
    }

    @Override
    boolean optional() {
        return true;
    }

    @Override
    Optional<T> empty() {
        return Optional.empty();
    }

    @Override
    String accepted() {
        return inner.accepted() + ", or null";
    }
}

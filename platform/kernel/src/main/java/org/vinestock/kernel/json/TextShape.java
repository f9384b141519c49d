package org.vinestock.kernel.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values that are written as one string: ids, sizes, times, enums. */
final class TextShape<T> extends Shape<T> {
    private final String accepted;
    private final Function<? super T, String> text;
    private final Function<String, ? extends T> value;
    private final @Nullable T empty;

    /**
     * Makes a shape.
     *
     * @param value throws {@code IllegalArgumentException} saying what is accepted
     */
    TextShape(
            String accepted, Function<? super T, String> text, Function<String, ? extends T> value, @Nullable T empty) {
        this.accepted = accepted;
        this.text = text;
        this.value = value;
        this.empty = empty;
    }

    String text(T of) {
        return text.apply(of);
    }

    @Override
    void write(JsonOutput out, T of) {
        out.value(text.apply(of));
    }

    @Override
    T read(JsonInput in) throws IOException {
        JsonToken token = in.parser().currentToken();
        if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            throw in.mismatch(accepted);
        }
        try {
            return parse(in.parser().getText());
        } catch (IllegalArgumentException e) {
            throw in.wrong(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    T parse(String typed) {
        return value.apply(typed);
    }

    @Override
    boolean hasEmpty() {
        return empty != null;
    }

    @Override
    T empty() {
        return empty != null ? empty : super.empty();
    }

    @Override
    String accepted() {
        return accepted;
    }
}

package org.vinestock.kernel.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lists; as text their elements are separated by commas. */
final class ListShape<T> extends Shape<List<T>> {
    private final Shape<T> element;

    ListShape(Shape<T> element) {
        this.element = element;
    }

    @Override
    void write(JsonOutput out, List<T> of) {
        out.beginList();
        for (T each : of) {
            element.write(out, each);
        }
        out.endList();
    }

    @Override
    List<T> read(JsonInput in) throws IOException {
        if (in.parser().currentToken() != JsonToken.START_ARRAY) {
            throw in.mismatch(accepted());
        }
        List<T> values = new ArrayList<>();
        while (in.parser().nextToken() != JsonToken.END_ARRAY) {
            in.enter("[" + values.size() + "]");
            values.add(in.readValue(element));
            in.leave();
        }
        return List.copyOf(values);
    }

    @Override
    List<T> parse(String typed) {
        if (typed.stripLeading().startsWith("[")) {
            return JsonInput.read(typed, this);
        }
        List<T> values = new ArrayList<>();
        if (!typed.isBlank()) {
            for (String each : typed.split(",", -1)) {
                values.add(element.parse(each.strip()));
            }
        }
        return List.copyOf(values);
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
    List<T> empty() {
        return List.of();
    }

    @Override
    String accepted() {
        return "a list, each " + element.accepted();
    }
}

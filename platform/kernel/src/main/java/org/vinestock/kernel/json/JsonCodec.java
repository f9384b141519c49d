package org.vinestock.kernel.json;

import java.lang.reflect.RecordComponent;
import org.osgi.service.component.annotations.Component;
import org.vinestock.view.Codec;

/**
 * The {@link Codec}: one way for each type, found by the types of a record's components.
 *
 * <p>It uses Jackson's tokens, not its data binding: that would keep the classes of departed plugins in its caches, and
 * could not tell a component that may be absent from one that must be there.
 */
@Component(service = Codec.class)
public final class JsonCodec implements Codec {
    @Override
    public String write(Object value) {
        JsonOutput out = new JsonOutput();
        Shapes.writeAny(out, value);
        return out.toString();
    }

    @Override
    public <T> T read(String json, Class<T> type) {
        Object value = JsonInput.read(json, Shapes.any(Shapes.of(type)));
        @SuppressWarnings("unchecked") // a primitive type's class cannot cast its box
        T typed = (T) value;
        return typed;
    }

    @Override
    public Object parse(String text, RecordComponent component) {
        try {
            return Shapes.any(Shapes.of(component.getGenericType())).parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(component.getName() + ": " + e.getMessage(), e);
        }
    }
}

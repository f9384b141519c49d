package org.vinestock.kernel.json;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;
import org.vinestock.operation.Input;

/** A component of a record. Its shape is looked up late, so that a record may contain itself. */
final class RecordField {
    final String name;
    /** As {@link JsonOutput#field} takes it. */
    final String quoted;

    private final RecordComponent component;
    private final MethodHandle accessor;
    private final @Nullable Input input;
    private volatile @Nullable Shape<Object> shape;

    RecordField(RecordComponent component) {
        this.component = component;
        this.name = name(component);
        this.quoted = JsonOutput.quoted(name);
        this.input = component.getAnnotation(Input.class);
        Method method = component.getAccessor();
        try {
            method.setAccessible(true);
            this.accessor =
                    MethodHandles.lookup().unreflect(method).asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(component + " cannot be read", e);
        }
    }

    /** The component's name; an underscore at its end, as in {@code for_}, which cannot be a name in Java, is left out. */
    static String name(RecordComponent component) {
        String name = component.getName();
        return name.endsWith("_") ? name.substring(0, name.length() - 1) : name;
    }

    Shape<Object> shape() {
        Shape<Object> known = shape;
        if (known == null) {
            known = Shapes.any(Shapes.of(component.getGenericType()));
            shape = known;
        }
        return known;
    }

    void write(JsonOutput out, Object of) {
        Object value;
        try {
            value = accessor.invokeExact(of);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalArgumentException(e.toString(), e);
        }
        if (value == null) {
            out.nothing();
        } else {
            shape().write(out, value);
        }
    }

    /** Whether it may be left out: for a parameter as {@link Input} says, else if its type has an empty value. */
    boolean mayBeAbsent() {
        if (input == null) {
            return shape().hasEmpty();
        }
        return input.optional() || !input.byDefault().isEmpty() || shape().optional();
    }

    /** The value of one left out. */
    @Nullable
    Object absent() {
        if (input == null || shape().optional()) {
            return input != null && !input.byDefault().isEmpty() ? shape().parse(input.byDefault()) : shape().empty();
        }
        if (!input.byDefault().isEmpty()) {
            return shape().parse(input.byDefault());
        }
        return component.getType().isPrimitive() ? shape().empty() : null;
    }

    /** Whether {@code null} in JSON is the value null, and not the same as leaving it out. */
    boolean takesNull() {
        return input == null && !component.getType().isPrimitive() && !shape().optional();
    }
}

package org.vinestock.kernel.ledger;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Says how many bytes a value takes, roughly, for the ledger's bound. Values are records, lists, maps and texts; of a long list
 * some elements are looked at, and the others taken to be as large.
 */
final class RoughSize {
    private static final int OBJECT = 24;
    private static final int DEEPEST = 8;
    private static final int LOOKED_AT = 2;

    /** What is known of a class, kept as long as it. */
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return type.isRecord() ? Shape.of(type) : new Shape(OBJECT);
        }
    };

    private RoughSize() {}

    static long of(@Nullable Object value) {
        return of(value, 0);
    }

    private static long of(@Nullable Object value, int depth) {
        if (value == null || depth > DEEPEST) {
            return 0;
        }
        if (value instanceof String text) {
            return OBJECT + 2L * text.length();
        }
        long size = OBJECT;
        if (value instanceof List<?> list && list instanceof RandomAccess && list.size() > LOOKED_AT) {
            size += 8L * list.size() + some(list, depth);
        } else if (value instanceof Collection<?> elements) {
            for (Object element : elements) {
                size += 8 + of(element, depth + 1);
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                size += OBJECT + of(entry.getKey(), depth + 1) + of(entry.getValue(), depth + 1);
            }
        } else {
            Shape shape = SHAPES.get(value.getClass());
            size = shape.fixed;
            for (Method accessor : shape.accessors) {
                size += of(read(accessor, value), depth + 1);
            }
        }
        return size;
    }

    /** The size of a list's elements by that of some, spread evenly. */
    private static long some(List<?> list, int depth) {
        long sum = 0;
        for (int i = 0; i < LOOKED_AT; i++) {
            sum += of(list.get(i * list.size() / LOOKED_AT), depth + 1);
        }
        return sum * list.size() / LOOKED_AT;
    }

    private static @Nullable Object read(Method accessor, Object value) {
        try {
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /** How large values of a class are without what they refer to, and how to read that. */
    private static final class Shape {
        final long fixed;
        final Method[] accessors;

        Shape(long fixed, Method... accessors) {
            this.fixed = fixed;
            this.accessors = accessors;
        }

        static Shape of(Class<?> record) {
            long fixed = OBJECT;
            List<Method> accessors = new ArrayList<>();
            for (RecordComponent component : record.getRecordComponents()) {
                fixed += 8;
                if (!component.getType().isPrimitive()) {
                    component.getAccessor().trySetAccessible();
                    accessors.add(component.getAccessor());
                }
            }
            return new Shape(fixed, accessors.toArray(new Method[0]));
        }
    }
}

package org.vinestock.kernel.ledger;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says how many bytes a value takes, roughly, for the ledger's bound. Values are records, lists, maps and texts. */
final class RoughSize {
    private static final int OBJECT = 24;
    private static final int DEEPEST = 8;
    private static final Method[] NO_RECORD = {};

    /** The accessors of a record, kept as long as its class. */
    private static final ClassValue<Method[]> ACCESSORS = new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
            return type.isRecord() ? accessors(type) : NO_RECORD;
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
        if (value instanceof Collection<?> elements) {
            for (Object element : elements) {
                size += 8 + of(element, depth + 1);
            }
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                size += OBJECT + of(entry.getKey(), depth + 1) + of(entry.getValue(), depth + 1);
            }
        } else {
            for (Method accessor : ACCESSORS.get(value.getClass())) {
                size += 8 + of(read(accessor, value), depth + 1);
            }
        }
        return size;
    }

    private static Method[] accessors(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Method[] accessors = new Method[components.length];
        for (int i = 0; i < components.length; i++) {
            accessors[i] = components[i].getAccessor();
            accessors[i].trySetAccessible();
        }
        return accessors;
    }

    private static @Nullable Object read(Method accessor, Object value) {
        try {
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}

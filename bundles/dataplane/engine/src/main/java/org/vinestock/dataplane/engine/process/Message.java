package org.vinestock.dataplane.engine.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object that came in: its fields, each asked for by the type that it must have. */
record Message(Map<String, @Nullable Object> fields) {
    String text(String name) throws RefusedException {
        return need(name, String.class, "a text");
    }

    long number(String name) throws RefusedException {
        return need(name, Long.class, "a whole number");
    }

    boolean truth(String name) throws RefusedException {
        return need(name, Boolean.class, "true or false");
    }

    List<String> texts(String name) throws RefusedException {
        List<String> texts = new ArrayList<>();
        for (Object element : need(name, List.class, "a list of texts")) {
            if (!(element instanceof String text)) {
                throw new RefusedException("INVALID", name + " must be a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    private <T> T need(String name, Class<T> type, String wanted) throws RefusedException {
        Object value = fields.get(name);
        if (!type.isInstance(value)) {
            throw new RefusedException("INVALID", name + " must be " + wanted);
        }
        return type.cast(value);
    }
}

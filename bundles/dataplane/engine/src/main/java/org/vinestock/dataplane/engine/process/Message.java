package org.vinestock.dataplane.engine.process;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object that came in: its fields, each asked for by the type that it must have. */
record Message(Map<String, @Nullable Object> fields) {
    String text(String name) throws RefusedException {
        return need(name, String.class, "a text");
    }

    /** A path, absolute; {@code .} and {@code ..} in it are resolved. */
    Path path(String name) throws RefusedException {
        return path(name, text(name));
    }

    static Path path(String name, String text) throws RefusedException {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            throw new RefusedException(
                    "INVALID",
                    name + " \"" + text + "\" is no path: " + e.getReason() + "; accepted: an absolute path");
        }
        throw new RefusedException("INVALID", name + " \"" + text + "\"; accepted: an absolute path");
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

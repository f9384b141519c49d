package org.vinestock.surfaces.form;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vinestock.view.Codec;

/** A parameter record as people fill it in. Immutable. */
public final class Form<P extends Record> {
    private final Class<P> type;
    private final List<Field> fields;

    private Form(Class<P> type) {
        this.type = type;
        this.fields = Arrays.stream(type.getRecordComponents()).map(Field::of).toList();
    }

    /** Reads the form of a record. */
    public static <P extends Record> Form<P> of(Class<P> type) {
        return new Form<>(type);
    }

    /** All fields, in the record's order. */
    public List<Field> fields() {
        return fields;
    }

    /** The command's arguments, in their order. */
    public List<Field> positional() {
        return fields.stream()
                .filter(Field::positional)
                .sorted(Comparator.comparingInt(Field::at))
                .toList();
    }

    /** The field of a name. */
    public Optional<Field> find(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** What the arguments name, with blanks between them, such as {@code vm-7}. */
    public String about(SortedMap<String, String> texts) {
        return positional().stream()
                .map(field -> texts.getOrDefault(field.name(), ""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /**
     * Makes a record from what people typed.
     *
     * @param texts by field; a field left out takes its default
     * @throws IllegalArgumentException naming a field that is missing, unknown or not understood, and what is accepted
     */
    public P fill(SortedMap<String, String> texts, Codec codec) {
        for (String name : texts.keySet()) {
            if (find(name).isEmpty()) {
                throw new IllegalArgumentException("unknown field " + name + "; accepted: " + accepted());
            }
        }
        return construct(fields.stream()
                .map(field -> value(field, texts.get(field.name()), codec))
                .toArray());
    }

    /** The names of all fields, for messages. */
    public String accepted() {
        return fields.isEmpty()
                ? "none"
                : String.join(" ", fields.stream().map(Field::name).toList());
    }

    private static @Nullable Object value(Field field, @Nullable String typed, Codec codec) {
        String text = typed == null && !field.byDefault().isEmpty() ? field.byDefault() : typed;
        if (text != null) {
            Object value;
            try {
                value = codec.parse(text, field.component());
            } catch (IllegalArgumentException e) {
                String message = String.valueOf(e.getMessage());
                String prefix = field.component().getName() + ": ";
                String plain = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
                throw new IllegalArgumentException(field.name() + ": " + plain, e);
            }
            return field.isOptional() && !(value instanceof Optional) ? Optional.of(value) : value;
        }
        if (field.required()) {
            throw new IllegalArgumentException(field.name() + " is missing: " + field.summary());
        }
        return field.isOptional() ? Optional.empty() : field.absent();
    }

    private P construct(@Nullable Object[] values) {
        try {
            Constructor<P> constructor = type.getDeclaredConstructor(Stream.of(type.getRecordComponents())
                    .map(component -> component.getType())
                    .toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(type + " cannot be made", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }
}

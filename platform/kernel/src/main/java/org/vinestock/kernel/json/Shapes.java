package org.vinestock.kernel.json;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vinestock.decision.DecisionId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Labels;
import org.vinestock.model.ObjectId;

/**
 * Finds the shape of a type. What is known of a class is kept with the class, so that a plugin's classes can be unloaded.
 */
final class Shapes {
    private static final TextShape<String> TEXT = new TextShape<>("a text", text -> text, text -> text, "");
    private static final Map<String, Shape<?>> FIXED = fixed();
    private static final RuntimeShape RUNTIME = new RuntimeShape();
    private static final ClassValue<Shape<?>> OF_CLASS = new ClassValue<>() {
        @Override
        protected Shape<?> computeValue(Class<?> type) {
            return make(type);
        }
    };

    private Shapes() {}

    private static Map<String, Shape<?>> fixed() {
        Map<Class<?>, Shape<?>> shapes = new LinkedHashMap<>();
        shapes.put(String.class, TEXT);
        shapes.put(int.class, NumberShape.whole(Integer.MIN_VALUE, Integer.MAX_VALUE, Long::intValue));
        shapes.put(long.class, NumberShape.whole(Long.MIN_VALUE, Long.MAX_VALUE, number -> number));
        shapes.put(short.class, NumberShape.whole(Short.MIN_VALUE, Short.MAX_VALUE, Long::shortValue));
        shapes.put(byte.class, NumberShape.whole(Byte.MIN_VALUE, Byte.MAX_VALUE, Long::byteValue));
        shapes.put(double.class, NumberShape.fraction(number -> number));
        shapes.put(float.class, NumberShape.fraction(Double::floatValue));
        shapes.put(BigDecimal.class, NumberShape.decimal());
        shapes.put(boolean.class, NumberShape.truth());
        shapes.put(
                Duration.class, new TextShape<>(Durations.ACCEPTED, Durations::text, Durations::parse, Duration.ZERO));
        shapes.put(
                ByteCount.class,
                new TextShape<>("a size, such as 4GiB", Shapes::exact, ByteCount::parse, new ByteCount(0)));
        shapes.put(
                Instant.class,
                new TextShape<>("a time, such as 2026-11-20T14:02:00Z", Instant::toString, Shapes::instant, null));
        shapes.put(
                DecisionId.class,
                new TextShape<>("a decision, such as d-42", DecisionId::toString, Shapes::decision, null));
        shapes.put(
                ObjectId.class,
                new TextShape<ObjectId>(
                        "an object, such as vm/vm-7", id -> id.kind() + "/" + id.value(), AnyObject::parse, null));
        shapes.put(
                Labels.class,
                new MappedShape<Labels, SortedMap<String, String>>(
                        new MapShape<>(TEXT, TEXT), Labels::values, Labels::new));
        shapes.put(Json.class, new JsonShape());
        Map<String, Shape<?>> byName = new TreeMap<>();
        shapes.forEach((type, shape) -> byName.put(type.getName(), shape));
        return byName;
    }

    /** Finds the shape of a type. */
    static Shape<?> of(Type type) {
        if (type instanceof Class<?> plain) {
            return OF_CLASS.get(plain);
        }
        if (type instanceof TypeVariable<?> || type instanceof WildcardType) {
            return RUNTIME;
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type[] arguments = generic.getActualTypeArguments();
            if (raw == List.class) {
                return new ListShape<>(any(of(arguments[0])));
            }
            if (raw == Optional.class) {
                return new OptionalShape<>(any(of(arguments[0])));
            }
            if (raw == SortedMap.class && of(arguments[0]) instanceof TextShape<?> key) {
                return new MapShape<>(key, any(of(arguments[1])));
            }
            return OF_CLASS.get(raw);
        }
        throw new IllegalArgumentException(type + " is not a value that JSON carries");
    }

    private static Shape<?> make(Class<?> type) {
        Shape<?> fixed =
                FIXED.get(MethodType.methodType(type).unwrap().returnType().getName());
        if (fixed != null) {
            return fixed;
        }
        if (type == Record.class || type == Object.class) {
            return RUNTIME;
        }
        if (type.isEnum()) {
            return constants(type);
        }
        if (type.isRecord()) {
            return ObjectId.class.isAssignableFrom(type) && type.getRecordComponents().length == 1
                    ? id(type)
                    : new RecordShape(type);
        }
        if (type.isSealed()) {
            return new FamilyShape(type);
        }
        throw new IllegalArgumentException(type.getName()
                + " is not a value that JSON carries; accepted: records, sealed families of them, List, SortedMap,"
                + " Optional, String, numbers, enums, Instant, Duration");
    }

    /** Forgets what a shape's values are; they are checked when they are handed to the record. */
    @SuppressWarnings("unchecked")
    static Shape<Object> any(Shape<?> shape) {
        return (Shape<Object>) shape;
    }

    /** Writes a value as what it turns out to be. */
    static void writeAny(JsonOutput out, Object value) {
        if (value instanceof List<?> list) {
            any(new ListShape<>(RUNTIME)).write(out, list);
        } else if (value instanceof Optional<?> optional) {
            any(new OptionalShape<>(RUNTIME)).write(out, optional);
        } else if (value instanceof SortedMap<?, ?> map) {
            any(new MapShape<>(new TextShape<Object>("", String::valueOf, text -> text, null), RUNTIME))
                    .write(out, map);
        } else if (value instanceof Enum<?> constant) {
            out.value(constant.name());
        } else {
            any(OF_CLASS.get(value.getClass())).write(out, value);
        }
    }

    private static Shape<?> constants(Class<?> type) {
        Map<String, Object> byName = new TreeMap<>();
        List<String> names = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            String name = ((Enum<?>) constant).name();
            names.add(name);
            byName.put(name.toLowerCase(Locale.ROOT), constant);
        }
        String accepted = String.join(", ", names);
        return new TextShape<Object>(
                accepted,
                constant -> ((Enum<?>) constant).name(),
                text -> {
                    Object constant =
                            byName.get(text.strip().toLowerCase(Locale.ROOT).replace('-', '_'));
                    if (constant == null) {
                        throw new IllegalArgumentException(JsonInput.shown(text) + "; accepted: " + accepted);
                    }
                    return constant;
                },
                null);
    }

    private static Shape<?> id(Class<?> type) {
        Constructor<?> constructor;
        try {
            constructor = type.getDeclaredConstructor(String.class);
            constructor.setAccessible(true);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type.getName() + " is an id; its one component must be a String", e);
        }
        return new TextShape<Object>(
                "a name: letters, digits, . _ -", id -> ((ObjectId) id).value(), text -> make(constructor, text), null);
    }

    private static Object make(Constructor<?> constructor, String text) {
        try {
            return constructor.newInstance(text);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getTargetException().getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e.toString(), e);
        }
    }

    /** The largest unit that shows a size exactly. */
    static String exact(ByteCount size) {
        long shown = size.bytes();
        int unit = 0;
        while (shown != 0 && shown % 1024 == 0 && unit < 5) {
            shown /= 1024;
            unit++;
        }
        return shown + List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB").get(unit);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    JsonInput.shown(text) + " is not a time; accepted: such as 2026-11-20T14:02:00Z", e);
        }
    }

    private static DecisionId decision(String text) {
        try {
            String digits = text.strip();
            return new DecisionId(Long.parseLong(digits.startsWith("d-") ? digits.substring(2) : digits));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(JsonInput.shown(text) + " is not a decision; accepted: such as d-42", e);
        }
    }

    /** An id of which only kind and value are known. */
    private record AnyObject(String kind, String value) implements ObjectId {
        static AnyObject parse(String text) {
            int slash = text.indexOf('/');
            if (slash < 1) {
                throw new IllegalArgumentException(JsonInput.shown(text) + "; accepted: kind/name, such as vm/vm-7");
            }
            String kind = text.substring(0, slash);
            return new AnyObject(kind, ObjectId.checked(kind, text.substring(slash + 1)));
        }

        @Override
        public String toString() {
            return kind + "/" + value;
        }
    }
}

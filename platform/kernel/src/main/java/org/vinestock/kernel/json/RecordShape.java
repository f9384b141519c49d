package org.vinestock.kernel.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.operation.Input;

/** Records: an object whose keys are the components in their order. */
final class RecordShape extends Shape<Object> {
    /** Stands for {@code null} that was given, not left out. */
    private static final Object NULL = new Object();

    private final Class<?> type;
    private final boolean tagged;
    private final boolean parameters;
    /** By the number of components that they take: the canonical one, and the former ones of a record that grew. */
    private final @Nullable MethodHandle[] constructors;

    private final RecordField[] fields;
    private final Map<String, Integer> indexes = new TreeMap<>();
    private volatile @Nullable Boolean hasEmpty;

    RecordShape(Class<?> type) {
        this.type = type;
        this.tagged = FamilyShape.belongsToOne(type);
        RecordComponent[] components = type.getRecordComponents();
        this.fields = new RecordField[components.length];
        for (int i = 0; i < components.length; i++) {
            fields[i] = new RecordField(components[i]);
            indexes.put(fields[i].name, i);
        }
        if (tagged && indexes.containsKey(FamilyShape.TYPE)) {
            throw new IllegalArgumentException(type.getName() + " belongs to a sealed family; its component named "
                    + FamilyShape.TYPE + " needs another name");
        }
        this.parameters = Arrays.stream(components).anyMatch(each -> each.isAnnotationPresent(Input.class));
        this.constructors = new @Nullable MethodHandle[components.length + 1];
        for (int count = 0; count <= components.length; count++) {
            constructors[count] = constructor(count);
        }
    }

    /** The constructor that takes the first {@code count} components; null if there is none. */
    private @Nullable MethodHandle constructor(int count) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .limit(count)
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> declared = type.getDeclaredConstructor(types);
            declared.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflectConstructor(declared)
                    .asSpreader(Object[].class, count)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (NoSuchMethodException e) {
            return null;
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(type.getName() + " cannot be made: " + e, e);
        }
    }

    @Override
    void write(JsonOutput out, Object of) {
        out.beginObject();
        if (tagged) {
            out.name(FamilyShape.TYPE);
            out.value(type.getSimpleName());
        }
        for (RecordField field : fields) {
            out.field(field.quoted);
            field.write(out, of);
        }
        out.endObject();
    }

    @Override
    Object read(JsonInput in) throws IOException {
        if (in.parser().currentToken() != JsonToken.START_OBJECT) {
            throw in.mismatch(accepted());
        }
        @Nullable Object[] values = new Object[fields.length];
        while (in.parser().nextToken() == JsonToken.FIELD_NAME) {
            String name = in.parser().currentName();
            Integer index = indexes.get(name);
            if (index == null && in.strict() && !(tagged && name.equals(FamilyShape.TYPE))) {
                throw in.wrong("unknown field " + JsonInput.shown(name) + "; accepted: "
                        + String.join(
                                ", ",
                                Arrays.stream(fields).map(field -> field.name).toList()));
            }
            in.parser().nextToken();
            if (index == null) {
                in.parser().skipChildren();
            } else {
                read(fields[index], index, values, in);
            }
        }
        int count = count(values);
        for (int i = 0; i < count; i++) {
            values[i] = values[i] == null ? absent(fields[i], in) : values[i] == NULL ? null : values[i];
        }
        try {
            return make(values, count);
        } catch (IllegalArgumentException | NullPointerException | ArithmeticException e) {
            throw in.wrong(String.valueOf(e.getMessage()), e);
        }
    }

    /** What a former version of the record did not have is filled by the constructor kept from then. */
    private int count(@Nullable Object[] values) {
        int count = values.length;
        for (int i = values.length; !parameters && i >= 0 && (i == values.length || values[i] == null); i--) {
            count = constructors[i] != null ? i : count;
        }
        return count;
    }

    private static @Nullable Object absent(RecordField field, JsonInput in) {
        if (!field.mayBeAbsent()) {
            throw in.wrong("field " + field.name + " is missing; accepted: "
                    + field.shape().accepted());
        }
        return field.absent();
    }

    private static void read(RecordField field, int index, @Nullable Object[] values, JsonInput in) throws IOException {
        in.enter(field.name);
        if (values[index] != null) {
            throw in.wrong("given twice; accepted: each field once");
        }
        if (in.parser().currentToken() != JsonToken.VALUE_NULL) {
            values[index] = field.shape().read(in);
        } else if (field.takesNull()) {
            values[index] = NULL;
        }
        in.leave();
    }

    @SuppressWarnings("NullAway") // a component that may be null is handed null
    private Object make(@Nullable Object[] values, int count) {
        try {
            return constructors[count].invokeExact(count == values.length ? values : Arrays.copyOf(values, count));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalArgumentException(e.toString(), e);
        }
    }

    /** Whether all components have an empty value; a record that contains itself has none. */
    @Override
    boolean hasEmpty() {
        Boolean known = hasEmpty;
        if (known == null) {
            hasEmpty = false;
            known = Arrays.stream(fields).allMatch(RecordField::mayBeAbsent);
            hasEmpty = known;
        }
        return known;
    }

    @Override
    Object empty() {
        @Nullable Object[] values = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            values[i] = fields[i].absent();
        }
        return make(values, fields.length);
    }

    @Override
    String accepted() {
        return "an object with "
                + String.join(", ", Arrays.stream(fields).map(f -> f.name).toList());
    }
}

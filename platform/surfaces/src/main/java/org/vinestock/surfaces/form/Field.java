package org.vinestock.surfaces.form;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vinestock.model.Labels;
import org.vinestock.operation.Input;
import org.vinestock.view.InWords;

/**
 * A component of a parameter record, as people fill it in.
 *
 * @param name the component's name, as in JSON; an underscore at its end, as in {@code wait_}, is left out
 * @param type of one value: without {@code Optional} or {@code List}
 * @param summary one sentence
 * @param at place among the arguments, from 0; an option if negative
 * @param byDefault text that stands for a value left out; empty = none
 * @param optional whether it may be left out and is null then
 * @param completedBy the view and column that offer values; empty = by type
 */
public record Field(
        RecordComponent component,
        String name,
        Class<?> type,
        String summary,
        int at,
        String byDefault,
        boolean optional,
        String completedBy) {

    static Field of(RecordComponent component) {
        Input input = component.getAnnotation(Input.class);
        String name = component.getName().replaceFirst("_$", "");
        return new Field(
                component,
                name,
                valueType(component),
                input == null ? InWords.name(name, ' ') : input.value(),
                input == null ? -1 : input.at(),
                input == null ? "" : input.byDefault(),
                input != null && input.optional(),
                input == null ? "" : input.completedBy());
    }

    private static Class<?> valueType(RecordComponent component) {
        Class<?> type = component.getType();
        if ((type == Optional.class || type == List.class)
                && component.getGenericType() instanceof ParameterizedType parameterized) {
            Type argument = parameterized.getActualTypeArguments()[0];
            return argument instanceof Class<?> plain ? plain : String.class;
        }
        return type;
    }

    /** Whether it is one of the command's arguments. */
    public boolean positional() {
        return at >= 0;
    }

    /** Whether several values may be given. */
    public boolean many() {
        return component.getType() == List.class;
    }

    /** Whether it is either true or false. */
    public boolean flag() {
        return type == boolean.class || type == Boolean.class;
    }

    /** Whether it must be given. */
    public boolean required() {
        return byDefault.isEmpty() && !optional && absent() == null && !isOptional();
    }

    /** The option in the shell, such as {@code --dry-run}. */
    public String option() {
        return "--" + InWords.name(name, '-');
    }

    /** What stands for a value in help, such as {@code MEMORY}. */
    public String placeholder() {
        return InWords.name(name, '-').toUpperCase(Locale.ROOT);
    }

    /** What people may type, if the type lists it: an enum's names, true and false. */
    public List<String> choices() {
        if (flag()) {
            return List.of("true", "false");
        }
        Object[] constants = type.getEnumConstants();
        return constants == null
                ? List.of()
                : Arrays.stream(constants)
                        .map(constant -> ((Enum<?>) constant).name())
                        .toList();
    }

    boolean isOptional() {
        return component.getType() == Optional.class;
    }

    /** The value of a field left out that has no default; null = there is none. */
    @Nullable
    Object absent() {
        if (component.getType() == List.class) {
            return List.of();
        }
        if (component.getType() == Labels.class) {
            return Labels.NONE;
        }
        if (component.getType() == SortedMap.class) {
            return new TreeMap<>();
        }
        return component.getType() == boolean.class ? Boolean.FALSE : null;
    }
}

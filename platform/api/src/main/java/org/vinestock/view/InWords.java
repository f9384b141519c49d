package org.vinestock.view;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.StrategyRef;
import org.vinestock.model.Labels;
import org.vinestock.model.ObjectId;

/**
 * Writes values as people read them in a table or a sentence: times of day to the second in the machine's zone, durations
 * in the unit that fits, records as {@code name=value}.
 */
public final class InWords {
    /** Stands for nothing, so that columns can be counted. */
    public static final String NOTHING = "-";

    private static final Pattern LINE_ENDS = Pattern.compile("\\s*[\\r\\n]+\\s*");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private InWords() {}

    /** Writes a value in one line; {@link #NOTHING} if there is none. */
    public static String of(@Nullable Object value) {
        String text = write(value);
        boolean isOneLine = text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
        return text.isEmpty()
                ? NOTHING
                : isOneLine ? text : LINE_ENDS.matcher(text).replaceAll(" ");
    }

    private static String write(@Nullable Object value) {
        if (value == null) {
            return NOTHING;
        } else if (value instanceof Optional<?> optional) {
            return optional.map(InWords::write).orElse(NOTHING);
        } else if (value instanceof Boolean truth) {
            return truth ? "yes" : "no";
        } else if (value instanceof Instant instant) {
            return TIME.format(instant);
        } else if (value instanceof Duration duration) {
            return duration(duration);
        } else if (value instanceof Double || value instanceof Float) {
            return decimal(((Number) value).doubleValue());
        } else if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        } else if (value instanceof Labels labels) {
            return String.join(
                    ",",
                    labels.values().entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .toList());
        } else if (value instanceof Collection<?> many) {
            return String.join(", ", many.stream().map(InWords::write).toList());
        } else if (value instanceof ObjectId id) {
            return id.value();
        } else if (value instanceof StrategyRef strategy) {
            return strategy.shortName();
        } else if (value instanceof Record record && saysItself(record)) {
            return record.toString();
        } else if (value instanceof Record record) {
            return fields(record);
        }
        return value.toString();
    }

    /** Whether a record's text was written by hand: the compiler's begins with the type and a bracket. */
    private static boolean saysItself(Record record) {
        return !record.toString().startsWith(record.getClass().getSimpleName() + "[");
    }

    private static String fields(Record record) {
        List<String> shown = new ArrayList<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = value(record, component);
            String text = write(value);
            if (!text.isEmpty() && !text.equals(NOTHING)) {
                shown.add(name(component.getName(), ' ') + "=" + text);
            }
        }
        return String.join(", ", shown);
    }

    /** Reads a component of a record. */
    public static @Nullable Object value(Record record, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    /** Turns {@code freeMemory} into {@code free memory}, with {@code between} for the blank. */
    public static String name(String camel, char between) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (Character.isUpperCase(c) && i > 0) {
                words.append(between);
            }
            words.append(Character.toLowerCase(c));
        }
        return words.toString();
    }

    private static String decimal(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e15) {
            return Long.toString((long) value);
        }
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 0.01 ? "%.2f" : "%.2g", value);
    }

    /** Such as {@code 38 us}, {@code 1.2 s}, {@code 3 h 4 min}. */
    public static String duration(Duration duration) {
        if (duration.isNegative()) {
            return "-" + duration(duration.negated());
        }
        long seconds = duration.toSeconds();
        if (seconds >= 86_400) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        } else if (seconds >= 3_600) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        } else if (seconds >= 60) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        } else if (duration.isZero()) {
            return "0 s";
        }
        long nanos = duration.toNanos();
        if (nanos >= 1_000_000_000L) {
            return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
        } else if (nanos >= 1_000_000L) {
            return (nanos + 500_000L) / 1_000_000L + " ms";
        } else if (nanos >= 1_000L) {
            return (nanos + 500L) / 1_000L + " us";
        }
        return nanos + " ns";
    }
}

package org.vinestock.kernel.json;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import jakarta.validation.valueextraction.ExtractedValue;
import jakarta.validation.valueextraction.UnwrapByDefault;
import jakarta.validation.valueextraction.ValueExtractor;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;
import org.vinestock.model.ByteCount;

/** Checks the Bean Validation constraints of parameter records. A {@link ByteCount} counts as its bytes. Any thread. */
public final class ParameterCheck implements AutoCloseable {
    private final ValidatorFactory factory;
    private final Validator validator;

    /** Starts Hibernate Validator without expressions, and without looking for files. */
    public ParameterCheck() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // In the container the context loader of whoever comes first does not see the validator's own resources.
        thread.setContextClassLoader(HibernateValidator.class.getClassLoader());
        try {
            factory = Validation.byProvider(HibernateValidator.class)
                    .providerResolver(() -> List.of(new HibernateValidator()))
                    .configure()
                    .ignoreXmlConfiguration()
                    .messageInterpolator(new Plain())
                    .addValueExtractor(new BytesOfByteCount())
                    .buildValidatorFactory();
            validator = factory.getValidator();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Checks a record.
     *
     * @throws IllegalArgumentException naming each field that is wrong, what it is, and what is accepted
     */
    public void check(Record parameters) {
        Set<ConstraintViolation<Record>> violations = validator.validate(parameters);
        if (violations.isEmpty()) {
            return;
        }
        List<String> order = new ArrayList<>();
        for (RecordComponent component : parameters.getClass().getRecordComponents()) {
            order.add(component.getName());
        }
        throw new IllegalArgumentException(violations.stream()
                .sorted(Comparator.<ConstraintViolation<Record>>comparingInt(each -> order.indexOf(first(each)))
                        .thenComparing(each -> each.getPropertyPath().toString())
                        .thenComparing(ConstraintViolation::getMessage))
                .map(ParameterCheck::sentence)
                .collect(Collectors.joining("; ")));
    }

    @Override
    public void close() {
        factory.close();
    }

    private static String first(ConstraintViolation<Record> violation) {
        for (Path.Node node : violation.getPropertyPath()) {
            return String.valueOf(node.getName());
        }
        return "";
    }

    private static String sentence(ConstraintViolation<Record> violation) {
        boolean size = isSize(violation);
        String path = violation.getPropertyPath().toString();
        return (path.isEmpty() ? "" : path + ": ")
                + shown(violation.getInvalidValue(), size)
                + "; "
                + accepted(violation, size);
    }

    /** Says what a constraint accepts; the validator's own texts need expressions for some of them. */
    private static String accepted(ConstraintViolation<Record> violation, boolean size) {
        Annotation constraint = violation.getConstraintDescriptor().getAnnotation();
        Map<String, Object> attributes = violation.getConstraintDescriptor().getAttributes();
        if (constraint instanceof Min min) {
            return "accepted: at least " + shown(min.value(), size);
        } else if (constraint instanceof Max max) {
            return "accepted: at most " + shown(max.value(), size);
        } else if (constraint instanceof Positive) {
            return "accepted: more than 0";
        } else if (constraint instanceof NotBlank) {
            return "accepted: a text that is not blank";
        } else if (constraint instanceof Size range) {
            String unit = violation.getInvalidValue() instanceof CharSequence ? " characters" : " elements";
            return "accepted: " + range.min() + " to " + range.max() + unit;
        } else if (constraint instanceof DecimalMin min) {
            return "accepted: " + (min.inclusive() ? "at least " : "more than ") + min.value();
        } else if (constraint instanceof DecimalMax max) {
            return "accepted: " + (max.inclusive() ? "at most " : "less than ") + max.value();
        } else if (constraint instanceof DurationMin min) {
            return "accepted: " + (min.inclusive() ? "at least " : "more than ") + duration(attributes);
        } else if (constraint instanceof DurationMax max) {
            return "accepted: " + (max.inclusive() ? "at most " : "less than ") + duration(attributes);
        }
        return violation.getMessage();
    }

    private static String duration(Map<String, Object> attributes) {
        Duration sum = Duration.ZERO;
        for (String unit : List.of("days", "hours", "minutes", "seconds", "millis", "nanos")) {
            Object amount = attributes.get(unit);
            sum = sum.plus(
                    amount instanceof Number number ? number.longValue() : 0,
                    ChronoUnit.valueOf(unit.toUpperCase(Locale.ROOT)));
        }
        return Durations.text(sum);
    }

    private static String shown(@Nullable Object value, boolean size) {
        if (value instanceof Number bytes && size && bytes.longValue() >= 0) {
            return Shapes.exact(new ByteCount(bytes.longValue()));
        } else if (value instanceof CharSequence text) {
            return JsonInput.shown(text.toString());
        } else if (value instanceof Duration duration) {
            return Durations.text(duration);
        }
        return String.valueOf(value);
    }

    /** Whether the field is a {@link ByteCount}, of which the validator sees the bytes only. */
    private static boolean isSize(ConstraintViolation<Record> violation) {
        String last = "";
        for (Path.Node node : violation.getPropertyPath()) {
            last = String.valueOf(node.getName());
        }
        if (violation.getLeafBean() instanceof Record bean) {
            for (RecordComponent component : bean.getClass().getRecordComponents()) {
                if (component.getName().equals(last)) {
                    return component.getType() == ByteCount.class;
                }
            }
        }
        return false;
    }

    /** Leaves alone the texts that need expressions: {@link #accepted} says better ones. */
    private static final class Plain implements MessageInterpolator {
        private final MessageInterpolator others =
                new ParameterMessageInterpolator(new LinkedHashSet<>(List.of(Locale.ENGLISH)), Locale.ENGLISH, true);

        @Override
        public String interpolate(String template, Context context) {
            return interpolate(template, context, Locale.ENGLISH);
        }

        @Override
        public String interpolate(String template, Context context, Locale locale) {
            Annotation constraint = context.getConstraintDescriptor().getAnnotation();
            boolean hasExpression = constraint instanceof DecimalMin
                    || constraint instanceof DecimalMax
                    || constraint instanceof DurationMin
                    || constraint instanceof DurationMax;
            return hasExpression ? template : others.interpolate(template, context, locale);
        }
    }

    /** Lets {@code @Min} and its like look at the bytes. */
    @UnwrapByDefault
    private static final class BytesOfByteCount
            implements ValueExtractor<@ExtractedValue(type = Long.class) ByteCount> {
        @Override
        public void extractValues(ByteCount size, ValueReceiver receiver) {
            receiver.value(null, size.bytes());
        }
    }
}

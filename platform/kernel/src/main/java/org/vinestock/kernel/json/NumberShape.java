package org.vinestock.kernel.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.Function;

/** Whole numbers, fractions and truth values: everything that is not a string in JSON. */
final class NumberShape<T> extends Shape<T> {
    private static final int MAX_SCALE = 100;

    private final String accepted;
    private final Function<String, ? extends T> value;
    private final T empty;

    private NumberShape(String accepted, Function<String, ? extends T> value, T empty) {
        this.accepted = accepted;
        this.value = value;
        this.empty = empty;
    }

    static <T extends Number> NumberShape<T> whole(long min, long max, Function<Long, T> cast) {
        String accepted = "a whole number from " + min + " to " + max;
        return new NumberShape<>(
                accepted,
                text -> {
                    long number;
                    try {
                        number = new BigDecimal(text.strip()).longValueExact();
                    } catch (ArithmeticException | NumberFormatException e) {
                        throw new IllegalArgumentException(JsonInput.shown(text) + "; accepted: " + accepted, e);
                    }
                    if (number < min || number > max) {
                        throw new IllegalArgumentException(number + "; accepted: " + accepted);
                    }
                    return cast.apply(number);
                },
                cast.apply(0L));
    }

    static <T extends Number> NumberShape<T> fraction(Function<Double, T> cast) {
        return new NumberShape<>(
                "a number",
                text -> {
                    try {
                        return cast.apply(Double.valueOf(text.strip()));
                    } catch (NumberFormatException e) {
                        throw new IllegalArgumentException(
                                JsonInput.shown(text) + "; accepted: a number, such as 0.5", e);
                    }
                },
                cast.apply(0.0));
    }

    /** Fractions that keep their digits. A text such as 1e999999999 would fill memory when it is written out. */
    static NumberShape<BigDecimal> decimal() {
        return new NumberShape<>(
                "a number",
                text -> {
                    try {
                        BigDecimal number = new BigDecimal(text.strip());
                        if (Math.abs((long) number.scale()) <= MAX_SCALE) {
                            return number;
                        }
                    } catch (ArithmeticException | NumberFormatException e) {
                        // said below, with what is accepted
                    }
                    throw new IllegalArgumentException(JsonInput.shown(text) + "; accepted: a number, such as 0.5");
                },
                BigDecimal.ZERO);
    }

    static NumberShape<Boolean> truth() {
        return new NumberShape<>(
                "true or false",
                text -> switch (text.strip().toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on" -> true;
                    case "false", "no", "off" -> false;
                    default -> throw new IllegalArgumentException(JsonInput.shown(text) + "; accepted: true or false");
                },
                Boolean.FALSE);
    }

    @Override
    void write(JsonOutput out, T of) {
        if (of instanceof Boolean truth) {
            out.value(truth);
        } else if (of instanceof BigDecimal decimal) {
            out.raw(decimal.toPlainString());
        } else if (of instanceof Double || of instanceof Float) {
            double number = ((Number) of).doubleValue();
            if (Double.isFinite(number)) {
                out.raw(of.toString());
            } else {
                out.value(of.toString());
            }
        } else {
            out.value(((Number) of).longValue());
        }
    }

    @Override
    T read(JsonInput in) throws IOException {
        JsonToken token = in.parser().currentToken();
        String text = in.parser().getText();
        boolean fits = empty instanceof Boolean
                ? token.isBoolean()
                : token.isNumeric()
                        || (token == JsonToken.VALUE_STRING
                                && (empty instanceof Double || empty instanceof Float)
                                && (text.endsWith("Infinity") || text.equals("NaN")));
        if (!fits) {
            throw in.mismatch(accepted);
        }
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            throw in.wrong(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    T parse(String typed) {
        return value.apply(typed);
    }

    @Override
    boolean hasEmpty() {
        return true;
    }

    @Override
    boolean optional() {
        return empty instanceof Boolean;
    }

    @Override
    T empty() {
        return empty;
    }

    @Override
    String accepted() {
        return accepted;
    }
}

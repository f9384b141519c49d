package org.vinestock.kernel.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text being read: its tokens, and the path of the field that is being read, for errors. Owned by one thread. */
final class JsonInput {
    static final int MAX_DEPTH = 64;
    static final int MAX_STRING = 1 << 20;
    static final int MAX_DOCUMENT = 1 << 24;
    static final int MAX_SHOWN = 60;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxDocumentLength(MAX_DOCUMENT)
                    .maxNameLength(1_000)
                    .maxNumberLength(100)
                    .build())
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .build();

    private final String text;
    private final JsonParser parser;
    private final List<String> path = new ArrayList<>();
    private final boolean strict;

    private JsonInput(String text, JsonParser parser, boolean strict) {
        this.text = text;
        this.parser = parser;
        this.strict = strict;
    }

    /** Reads the one value that {@code text} holds. */
    static <T> T read(String text, Shape<T> shape) {
        return read(text, shape, false);
    }

    /** Reads the one value that {@code text} holds; {@code strict}: fields that are unknown are refused. */
    static <T> T read(String text, Shape<T> shape, boolean strict) {
        if (text.length() > MAX_DOCUMENT) {
            throw new IllegalArgumentException(
                    "JSON of " + text.length() + " characters; accepted: at most " + MAX_DOCUMENT);
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new JsonInput(text, parser, strict).readAll(shape);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T readAll(Shape<T> shape) throws IOException {
        try {
            if (parser.nextToken() == null) {
                throw new IllegalArgumentException("no JSON at all; accepted: " + shape.accepted());
            }
            T value = readValue(shape);
            if (parser.nextToken() != null) {
                throw wrong("there is more after the end of the value; accepted: one JSON value");
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw wrong("too large: " + e.getOriginalMessage(), e);
        } catch (JsonProcessingException e) {
            throw wrong("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** Reads the current value, which may not be {@code null} unless the type has an empty value. */
    <T> T readValue(Shape<T> shape) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            return shape.read(this);
        }
        if (shape.hasEmpty()) {
            return shape.empty();
        }
        throw wrong("is null; accepted: " + shape.accepted());
    }

    JsonParser parser() {
        return parser;
    }

    /** Whether fields that are unknown are refused. */
    boolean strict() {
        return strict;
    }

    void enter(String field) {
        path.add(field);
    }

    void leave() {
        path.remove(path.size() - 1);
    }

    /**
     * Looks for a text field of the object whose first token is the current one, wherever in it the field is, and stays
     * where it is. Null if there is none.
     */
    @Nullable
    String lookAhead(String field) throws IOException {
        int begin = (int) parser.currentTokenLocation().getCharOffset();
        String asWeWriteIt = "{\"" + field + "\":\"";
        int end = text.startsWith(asWeWriteIt, begin) ? text.indexOf('"', begin + asWeWriteIt.length()) : -1;
        if (end >= 0 && text.lastIndexOf('\\', end) < begin) {
            return text.substring(begin + asWeWriteIt.length(), end);
        }
        StringReader rest = new StringReader(text);
        rest.skip(begin);
        try (JsonParser ahead = FACTORY.createParser(rest)) {
            ahead.nextToken();
            while (ahead.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = ahead.currentName().equals(field);
                if (ahead.nextToken() == JsonToken.VALUE_STRING && found) {
                    return ahead.getText();
                }
                ahead.skipChildren();
            }
            return null;
        }
    }

    /** The text of the current value, all of it; its last token is the current one then. */
    String current() throws IOException {
        int begin = (int) parser.currentTokenLocation().getCharOffset();
        if (parser.currentToken().isStructStart()) {
            parser.skipChildren();
        } else {
            parser.finishToken();
        }
        return text.substring(begin, (int) parser.currentLocation().getCharOffset())
                .strip();
    }

    /** Makes the error for a token that is of another type than the field. */
    IllegalArgumentException mismatch(String accepted) throws IOException {
        String is = switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> shown(parser.getText());
            default -> parser.getText();
        };
        return wrong("is " + is + "; accepted: " + accepted);
    }

    /** Makes an error at the current token. */
    IllegalArgumentException wrong(String message) {
        return wrong(message, null);
    }

    /** Makes an error at the current token. */
    IllegalArgumentException wrong(String message, @Nullable Exception cause) {
        JsonLocation at = cause instanceof JsonProcessingException e && e.getLocation() != null
                ? e.getLocation()
                : parser.currentTokenLocation();
        String field = path.isEmpty() ? "" : "field " + pathText() + ", ";
        return new IllegalArgumentException(
                field + "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + message, cause);
    }

    private String pathText() {
        StringBuilder joined = new StringBuilder();
        for (String part : path) {
            joined.append(joined.isEmpty() || part.startsWith("[") ? "" : ".").append(part);
        }
        return joined.toString();
    }

    /** Shows a text in quotes, not more of it than fits an error. */
    static String shown(String text) {
        return '"' + (text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text) + '"';
    }
}

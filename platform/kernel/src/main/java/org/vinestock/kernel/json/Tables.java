package org.vinestock.kernel.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A document with a list of rows under the name of each table, and one number that says how it is written. Unlike a request,
 * it is refused if a field in it is unknown: it is kept in files, where a misspelt field would stay unseen.
 */
public final class Tables {
    private Tables() {}

    /**
     * Reads a document.
     *
     * @param format the name of the field with the number
     * @param newest the only number that is accepted
     * @param types the class of each table's rows
     * @param id names a row within its table, so that one that is there twice is found
     * @throws IllegalArgumentException naming line, column and field, and what is accepted
     */
    public static NavigableMap<String, List<Record>> read(
            String json,
            String format,
            int newest,
            SortedMap<String, Class<? extends Record>> types,
            Function<Record, String> id) {
        return JsonInput.read(json, new Document(format, newest, types, id), true);
    }

    private static final class Document extends Shape<NavigableMap<String, List<Record>>> {
        private final String format;
        private final int newest;
        private final SortedMap<String, Class<? extends Record>> types;
        private final Function<Record, String> id;

        Document(
                String format,
                int newest,
                SortedMap<String, Class<? extends Record>> types,
                Function<Record, String> id) {
            this.format = format;
            this.newest = newest;
            this.types = types;
            this.id = id;
        }

        @Override
        void write(JsonOutput out, NavigableMap<String, List<Record>> value) {
            throw new UnsupportedOperationException();
        }

        @Override
        NavigableMap<String, List<Record>> read(JsonInput in) throws IOException {
            if (in.parser().currentToken() != JsonToken.START_OBJECT) {
                throw in.mismatch(accepted());
            }
            NavigableMap<String, List<Record>> tables = new TreeMap<>();
            boolean formatSeen = false;
            while (in.parser().nextToken() == JsonToken.FIELD_NAME) {
                String name = in.parser().currentName();
                Class<? extends Record> type = types.get(name);
                if (type == null && !name.equals(format)) {
                    throw in.wrong("unknown field " + JsonInput.shown(name) + "; accepted: " + format + ", "
                            + String.join(", ", types.keySet()));
                }
                in.parser().nextToken();
                in.enter(name);
                if (type == null) {
                    readFormat(in);
                    formatSeen = true;
                } else if (tables.put(name, rows(type, in)) != null) {
                    throw in.wrong("given twice; accepted: each field once");
                }
                in.leave();
            }
            if (!formatSeen) {
                throw in.wrong("field " + format + " is missing; accepted: " + newest);
            }
            return Collections.unmodifiableNavigableMap(tables);
        }

        private void readFormat(JsonInput in) throws IOException {
            int number = (Integer) Shapes.any(Shapes.of(int.class)).read(in);
            if (number != newest) {
                throw in.wrong("is " + number + "; accepted: " + newest);
            }
        }

        private List<Record> rows(Class<? extends Record> type, JsonInput in) throws IOException {
            if (in.parser().currentToken() != JsonToken.START_ARRAY) {
                throw in.mismatch("a list of rows");
            }
            Shape<Object> shape = Shapes.any(Shapes.of(type));
            List<Record> rows = new ArrayList<>();
            TreeSet<String> seen = new TreeSet<>();
            while (in.parser().nextToken() != JsonToken.END_ARRAY) {
                in.enter("[" + rows.size() + "]");
                Record row = type.cast(in.readValue(shape));
                if (!seen.add(id.apply(row))) {
                    throw in.wrong(id.apply(row) + " is there twice; accepted: each once");
                }
                rows.add(row);
                in.leave();
            }
            return rows;
        }

        @Override
        String accepted() {
            return "an object with " + format + " and lists of rows";
        }
    }
}

package org.vinestock.surfaces.rest;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vinestock.decision.DecisionId;
import org.vinestock.model.ByteCount;
import org.vinestock.model.Labels;
import org.vinestock.model.ObjectId;
import org.vinestock.operation.Role;
import org.vinestock.surfaces.form.Field;
import org.vinestock.surfaces.form.Form;
import org.vinestock.surfaces.http.Exchange;
import org.vinestock.surfaces.http.Json;
import org.vinestock.surfaces.http.Problem;
import org.vinestock.surfaces.site.Entry;
import org.vinestock.task.TaskStatus;
import org.vinestock.view.Picture;

/** Describes what there is now as an OpenAPI 3.1 document. For one thread. */
final class OpenApi {
    private static final List<Object> SIGNED_IN = List.of(map("basic", List.of()));

    private final SortedMap<String, Object> schemas = new TreeMap<>();

    private OpenApi() {}

    static String write(List<Entry> entries) {
        return Json.write(new OpenApi().document(entries));
    }

    private Map<String, Object> document(List<Entry> entries) {
        Map<String, Object> paths = new LinkedHashMap<>();
        for (Entry entry : entries) {
            String path = Api.BASE + "/" + entry.scope() + "/" + entry.verb();
            if (entry instanceof Entry.OfOperation<?, ?> operation) {
                paths.put(path, map("post", operation(operation)));
            } else if (entry instanceof Entry.OfView<?, ?> view) {
                paths.put(path, map("get", view(view)));
            } else if (entry instanceof Entry.OfTerminal<?> terminal) {
                paths.put(path, map("get", printed(terminal), "post", typed(terminal)));
            }
        }
        schemas.put("Problem", problem());
        return map(
                "openapi",
                "3.1.0",
                "info",
                map("title", "Vinestock", "version", "1"),
                "paths",
                paths,
                "components",
                map("schemas", schemas, "securitySchemes", map("basic", map("type", "http", "scheme", "basic"))));
    }

    private Map<String, Object> operation(Entry.OfOperation<?, ?> entry) {
        Form<?> form = entry.form();
        Map<String, Object> properties = new LinkedHashMap<>();
        List<Object> required = new ArrayList<>();
        for (Field field : form.fields()) {
            properties.put(field.name(), described(field));
            if (field.required()) {
                required.add(field.name());
            }
        }
        Map<String, Object> body = map("type", "object", "properties", properties, "additionalProperties", false);
        if (!required.isEmpty()) {
            body.put("required", required);
        }
        return map(
                "summary", entry.summary(),
                "operationId", entry.name(),
                "tags", List.of(entry.scope()),
                "security", SIGNED_IN,
                "parameters",
                        List.of(
                                parameter(
                                        "dryRun",
                                        "query",
                                        "Do nothing; answer what each step would do",
                                        map("type", "boolean")),
                                parameter(
                                        "wait",
                                        "query",
                                        "Wait so many seconds for the end",
                                        map("type", "integer", "maximum", 60)),
                                parameter(
                                        "despiteFreeze",
                                        "query",
                                        "Act although acting is frozen",
                                        map("type", "boolean")),
                                parameter(
                                        "Idempotency-Key",
                                        "header",
                                        "The same key again answers the same task",
                                        map("type", "string"))),
                "requestBody", map("content", map("application/json", map("schema", body))),
                "responses",
                        map(
                                "200", response("It is done, or it was a dry run", schema(TaskStatus.class)),
                                "202",
                                        response(
                                                "The task has begun; Location says where it is shown",
                                                schema(TaskStatus.class)),
                                "default", failure()));
    }

    private Map<String, Object> view(Entry.OfView<?, ?> entry) {
        List<Object> parameters = arguments(entry);
        parameters.add(parameter("limit", "query", "So many rows at most", map("type", "integer", "default", 1000)));
        parameters.add(parameter("after", "query", "The next of the page before", map("type", "string")));
        Map<String, Object> page = map(
                "type",
                "object",
                "properties",
                map(
                        "heading", map("type", "string"),
                        "rows",
                                map(
                                        "type",
                                        "array",
                                        "items",
                                        schema(entry.view().rowType())),
                        "next", map("type", List.of("string", "null"))));
        Map<String, Object> rows = Picture.class.isAssignableFrom(entry.view().rowType())
                ? picture(page)
                : rows(page, schema(entry.view().rowType()));
        Map<String, Object> view = map(
                "summary", entry.summary(),
                "operationId", entry.name(),
                "tags", List.of(entry.scope()),
                "parameters", parameters,
                "responses", map("200", rows, "default", failure()));
        if (entry.view().role() != Role.VIEWER) {
            view.put("security", SIGNED_IN);
        }
        return view;
    }

    private Map<String, Object> printed(Entry.OfTerminal<?> entry) {
        List<Object> parameters = arguments(entry);
        parameters.add(parameter(
                "from",
                "query",
                "Offset in bytes from which on; negative: so many before the end",
                map("type", "integer", "default", -4096)));
        return map(
                "summary", entry.summary(),
                "operationId", entry.name(),
                "tags", List.of(entry.scope()),
                "security", SIGNED_IN,
                "parameters", parameters,
                "responses",
                        map(
                                "200",
                                response("What was printed", schema(Terminals.Printed.class)),
                                "default",
                                failure()));
    }

    private Map<String, Object> typed(Entry.OfTerminal<?> entry) {
        return map(
                "summary", "Type there; " + entry.summary(),
                "operationId", entry.name() + ".type",
                "tags", List.of(entry.scope()),
                "security", SIGNED_IN,
                "parameters", arguments(entry),
                "requestBody", map("content", map("application/json", map("schema", schema(Terminals.Typing.class)))),
                "responses", map("200", response("It was typed", schema(Terminals.Typed.class)), "default", failure()));
    }

    private List<Object> arguments(Entry entry) {
        List<Object> parameters = new ArrayList<>();
        for (Field field : entry.form().fields()) {
            Map<String, Object> parameter = parameter(field.name(), "query", field.summary(), described(field));
            if (field.required()) {
                parameter.put("required", true);
            }
            parameters.add(parameter);
        }
        return parameters;
    }

    private Map<String, Object> described(Field field) {
        Map<String, Object> schema =
                new LinkedHashMap<>(schema(field.component().getGenericType()));
        schema.put("description", field.summary());
        if (!field.byDefault().isEmpty()) {
            schema.put("default", field.byDefault());
        }
        return schema;
    }

    private Map<String, Object> schema(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return map("type", "array", "items", schema(arguments[0]));
            } else if (generic.getRawType() == Optional.class) {
                return schema(arguments[0]);
            } else if (generic.getRawType() == SortedMap.class) {
                return map("type", "object", "additionalProperties", schema(arguments[1]));
            }
            return schema(generic.getRawType());
        }
        return type instanceof Class<?> plain ? plain(plain) : map();
    }

    private Map<String, Object> plain(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return map("type", "boolean");
        } else if (type == double.class || type == float.class || type == Double.class || type == BigDecimal.class) {
            return map("type", "number");
        } else if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return map("type", "integer");
        } else if (type.isEnum()) {
            return map(
                    "type",
                    "string",
                    "enum",
                    Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .toList());
        } else if (type == Instant.class) {
            return map("type", "string", "format", "date-time");
        } else if (type == ByteCount.class) {
            return map("type", "string", "examples", List.of("4GiB"));
        } else if (type == Labels.class) {
            return map("type", "object", "additionalProperties", map("type", "string"));
        } else if (type.isRecord() && !ObjectId.class.isAssignableFrom(type) && type != DecisionId.class) {
            return record(type);
        } else if (type == Record.class || type.isSealed()) {
            return map("type", "object");
        }
        return map("type", "string");
    }

    private Map<String, Object> record(Class<?> type) {
        String name =
                type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
        if (!schemas.containsKey(name)) {
            Map<String, Object> properties = new LinkedHashMap<>();
            schemas.put(name, map("type", "object", "properties", properties));
            for (RecordComponent component : type.getRecordComponents()) {
                properties.put(component.getName(), schema(component.getGenericType()));
            }
        }
        return map("$ref", "#/components/schemas/" + name);
    }

    private static Map<String, Object> parameter(
            String name, String in, String description, Map<String, Object> schema) {
        return map("name", name, "in", in, "description", description, "schema", schema);
    }

    private static Map<String, Object> rows(Map<String, Object> page, Map<String, Object> row) {
        return map(
                "description",
                "A page of rows; all rows, a line each, if " + Exchange.LINES + " is accepted first",
                "content",
                map("application/json", map("schema", page), Exchange.LINES, map("schema", row)));
    }

    private static Map<String, Object> picture(Map<String, Object> page) {
        return map(
                "description",
                "The picture; in base64 if " + Exchange.JSON + " is accepted first",
                "content",
                map(Exchange.PNG, map(), Exchange.JSON, map("schema", page)));
    }

    private static Map<String, Object> response(String description, Map<String, Object> schema) {
        return map("description", description, "content", map("application/json", map("schema", schema)));
    }

    private static Map<String, Object> failure() {
        return map(
                "description",
                "What went wrong",
                "content",
                map(Problem.MEDIA_TYPE, map("schema", map("$ref", "#/components/schemas/Problem"))));
    }

    private static Map<String, Object> problem() {
        return map(
                "type",
                "object",
                "properties",
                map(
                        "type", map("type", "string"),
                        "title", map("type", "string"),
                        "status", map("type", "integer"),
                        "detail", map("type", "string"),
                        "code", map("type", "string")));
    }

    /** A document of names and values in turn, in their order. */
    private static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}

package org.vinestock.surfaces.shell;

import java.util.ArrayList;
import java.util.List;
import org.vinestock.surfaces.form.Field;
import org.vinestock.surfaces.form.Form;
import org.vinestock.surfaces.site.Entry;

/** Says how a command is called. */
final class Usage {
    private Usage() {}

    /** All of {@code --help}. */
    static String help(Entry entry, Form<?> switches) {
        StringBuilder text = new StringBuilder();
        text.append(entry.summary()).append(".\n\n");
        text.append("  ").append(synopsis(entry)).append("\n");
        List<List<String>> rows = new ArrayList<>();
        for (Field field : entry.form().positional()) {
            rows.add(List.of("  " + field.placeholder(), describe(field)));
        }
        for (Field field : optionFields(entry.form(), switches)) {
            rows.add(List.of("  " + field.option() + (field.flag() ? "" : " " + valueOf(field)), describe(field)));
        }
        rows.add(List.of("  --help", "Print this"));
        int widest = rows.stream().mapToInt(row -> row.get(0).length()).max().orElse(0);
        text.append('\n');
        for (List<String> row : rows) {
            String left = row.get(0);
            text.append(left)
                    .append(" ".repeat(widest - left.length() + 2))
                    .append(row.get(1))
                    .append('\n');
        }
        return text.toString();
    }

    /** Such as {@code vm:create [ID] [OPTIONS]}. */
    static String synopsis(Entry entry) {
        String arguments = arguments(entry.form());
        StringBuilder line = new StringBuilder(entry.scope() + ":" + entry.verb());
        if (!arguments.isEmpty()) {
            line.append(' ').append(arguments);
        }
        for (Field field : entry.form().fields()) {
            if (!field.positional() && field.required()) {
                line.append(' ').append(field.option()).append(' ').append(valueOf(field));
            }
        }
        return line.append(" [OPTIONS]").toString();
    }

    /** Such as {@code ID [ON]}. */
    static String arguments(Form<?> form) {
        List<String> shown = new ArrayList<>();
        for (Field field : form.positional()) {
            String name = field.placeholder() + (field.many() ? "..." : "");
            shown.add(field.required() ? name : "[" + name + "]");
        }
        return String.join(" ", shown);
    }

    /** The options that are accepted, in one line. */
    static String options(Form<?> form, Form<?> switches) {
        List<String> names = new ArrayList<>();
        for (Field field : optionFields(form, switches)) {
            names.add(field.option());
        }
        names.add("--help");
        return String.join(" ", names);
    }

    /** The command's own options, then those that every such command has. */
    static List<Field> optionFields(Form<?> form, Form<?> switches) {
        List<Field> fields = new ArrayList<>(
                form.fields().stream().filter(field -> !field.positional()).toList());
        for (Field field : switches.fields()) {
            if (form.find(field.name()).isEmpty()) {
                fields.add(field);
            }
        }
        return fields;
    }

    private static String valueOf(Field field) {
        return field.choices().isEmpty() ? field.placeholder() : String.join("|", field.choices());
    }

    private static String describe(Field field) {
        return field.byDefault().isEmpty() ? field.summary() : field.summary() + " [" + field.byDefault() + "]";
    }
}

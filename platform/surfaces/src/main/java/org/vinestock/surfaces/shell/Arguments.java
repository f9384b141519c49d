package org.vinestock.surfaces.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.vinestock.surfaces.form.Field;
import org.vinestock.surfaces.form.Form;

/**
 * What a person typed after a command's name.
 *
 * @param own text by field of the command's own parameters
 * @param switches text by field of the options that every such command has
 * @param help whether help was asked for; nothing else counts then
 */
record Arguments(SortedMap<String, String> own, SortedMap<String, String> switches, boolean help) {
    /**
     * Reads words: {@code --name value}, {@code --name=value}, {@code --flag}, {@code --flag=false}; {@code --} ends
     * options; other words are arguments in their order. A list may be given several times or with commas. A field of
     * the command hides a switch of the same name.
     *
     * @throws IllegalArgumentException naming what is not accepted, and what is
     */
    static Arguments parse(List<String> words, Form<?> form, Form<?> switches) {
        return new Reading(words, form, switches).read();
    }

    private static final class Reading {
        private final List<String> words;
        private final Form<?> form;
        private final Form<?> switches;
        private final SortedMap<String, String> own = new TreeMap<>();
        private final SortedMap<String, String> common = new TreeMap<>();
        private final List<String> arguments = new ArrayList<>();

        Reading(List<String> words, Form<?> form, Form<?> switches) {
            this.words = words;
            this.form = form;
            this.switches = switches;
        }

        Arguments read() {
            if (words.contains("--help") || words.contains("-h")) {
                return new Arguments(own, common, true);
            }
            int i = 0;
            while (i < words.size()) {
                String word = words.get(i++);
                if (word.equals("--")) {
                    arguments.addAll(words.subList(i, words.size()));
                    i = words.size();
                } else if (word.startsWith("--")) {
                    i = option(word, i);
                } else {
                    arguments.add(word);
                }
            }
            place();
            return new Arguments(own, common, false);
        }

        private int option(String word, int next) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            Optional<Field> ofForm = byOption(form, name);
            Field field = ofForm.or(() -> byOption(switches, name))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "unknown option " + name + "; accepted: " + Usage.options(form, switches)));
            SortedMap<String, String> target = ofForm.isPresent() ? own : common;
            if (equals >= 0) {
                put(target, field, name, word.substring(equals + 1));
                return next;
            }
            if (field.flag()) {
                put(target, field, name, "true");
                return next;
            }
            if (next == words.size()) {
                throw new IllegalArgumentException(name + " wants a value: " + field.summary());
            }
            put(target, field, name, words.get(next));
            return next + 1;
        }

        private static Optional<Field> byOption(Form<?> form, String option) {
            return form.fields().stream()
                    .filter(field -> field.option().equals(option))
                    .findFirst();
        }

        private void place() {
            List<Field> places = form.positional();
            for (int i = 0; i < arguments.size(); i++) {
                Field last = places.isEmpty() ? null : places.get(places.size() - 1);
                if (i < places.size()) {
                    put(own, places.get(i), places.get(i).name(), arguments.get(i));
                } else if (last != null && last.many()) {
                    put(own, last, last.name(), arguments.get(i));
                } else {
                    throw new IllegalArgumentException(
                            "\"" + arguments.get(i) + "\" is one argument too many; accepted: "
                                    + (places.isEmpty() ? "none" : Usage.arguments(form)));
                }
            }
        }

        private static void put(SortedMap<String, String> target, Field field, String shown, String text) {
            String former = target.get(field.name());
            if (former != null && !field.many()) {
                throw new IllegalArgumentException(shown + " is given twice: " + former + " and " + text);
            }
            target.put(field.name(), former == null ? text : former + "," + text);
        }
    }
}

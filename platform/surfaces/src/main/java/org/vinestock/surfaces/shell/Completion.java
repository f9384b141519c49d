package org.vinestock.surfaces.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.vinestock.model.ObjectId;
import org.vinestock.operation.Role;
import org.vinestock.surfaces.form.Field;
import org.vinestock.surfaces.form.Form;
import org.vinestock.surfaces.site.Entry;
import org.vinestock.surfaces.site.Site;
import org.vinestock.view.InWords;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** Completes a derived command: its name, its options, and values from enums and views. */
final class Completion implements Completer {
    private static final int MOST = 1_000;

    private final Site site;
    private final Supplier<Optional<Entry>> called;
    private final boolean scoped;

    /** Completes what {@code called} finds at the time. */
    Completion(Site site, Supplier<Optional<Entry>> called, boolean scoped) {
        this.site = site;
        this.called = called;
        this.scoped = scoped;
    }

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        candidates(session, line).forEach(candidate -> candidates.add(candidate.value()));
        return candidates.isEmpty() ? -1 : 0;
    }

    @Override
    public void completeCandidates(Session session, CommandLine line, List<Candidate> candidates) {
        candidates.addAll(candidates(session, line));
    }

    private List<Candidate> candidates(Session session, CommandLine line) {
        Optional<Entry> found = called.get();
        if (found.isEmpty()) {
            return List.of();
        }
        Entry entry = found.get();
        String full = entry.scope() + ":" + entry.verb();
        if (line.getCursorArgumentIndex() == 0) {
            return Stream.of(scoped ? entry.verb() : full)
                    .map(word -> new Candidate(word, word, null, entry.summary(), null, full, true))
                    .toList();
        }
        String[] words = line.getArguments();
        if (!session.resolveCommand(words[0]).equals(full)) {
            return List.of();
        }
        List<String> before = List.of(words).subList(1, line.getCursorArgumentIndex());
        String typed = line.getCursorArgument();
        return words(entry, before, typed == null ? "" : typed).stream()
                .map(Candidate::new)
                .toList();
    }

    /** The words that may stand after those before; {@code begun} is what the cursor's word has of it. */
    NavigableSet<String> words(Entry entry, List<String> before, String begun) {
        List<Field> options = Usage.optionFields(entry.form(), Switches.of(entry));
        Optional<Field> open = before.isEmpty()
                ? Optional.empty()
                : options.stream()
                        .filter(field -> !field.flag() && field.option().equals(before.get(before.size() - 1)))
                        .findFirst();
        if (open.isPresent()) {
            return values(open.get());
        }
        NavigableSet<String> words = new TreeSet<>();
        if (!begun.startsWith("-")) {
            argument(entry, options, before).ifPresent(field -> words.addAll(values(field)));
        }
        if (words.isEmpty()) {
            options.stream()
                    .map(Field::option)
                    .filter(option -> !before.contains(option))
                    .forEach(words::add);
            words.add("--help");
        }
        return words;
    }

    /** The argument that comes next. */
    private static Optional<Field> argument(Entry entry, List<Field> options, List<String> before) {
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            String word = before.get(i);
            if (!word.startsWith("--")) {
                arguments.add(word);
            } else if (options.stream()
                    .anyMatch(field -> !field.flag() && field.option().equals(word))) {
                i++;
            }
        }
        List<Field> places = entry.form().positional();
        return arguments.size() < places.size() ? Optional.of(places.get(arguments.size())) : Optional.empty();
    }

    private NavigableSet<String> values(Field field) {
        if (!field.choices().isEmpty()) {
            return new TreeSet<>(field.choices());
        }
        String source = field.completedBy().isEmpty() ? byType(field.type()) : field.completedBy();
        int hash = source.indexOf('#');
        return hash < 0
                ? new TreeSet<>()
                : site.view(source.substring(0, hash))
                        .map(view -> column(view, source.substring(hash + 1)))
                        .orElseGet(TreeSet::new);
    }

    /** An id of type {@code VmId} is offered by {@code vm.list}. */
    private static String byType(Class<?> type) {
        String simple = type.getSimpleName();
        return ObjectId.class.isAssignableFrom(type) && simple.endsWith("Id")
                ? InWords.name(simple.substring(0, simple.length() - 2), '-') + ".list#id"
                : "";
    }

    /** What a view shows in a column; nothing if not everyone may look, or it cannot be read without parameters. */
    private <P extends Record, R extends Record> NavigableSet<String> column(View<P, R> view, String column) {
        NavigableSet<String> values = new TreeSet<>();
        if (view.role() != Role.VIEWER) {
            return values;
        }
        try {
            P parameters = Form.of(view.parametersType()).fill(new TreeMap<>(), site.codec());
            Page<R> page = site.read(view, parameters, new PageRequest("", MOST));
            for (var component : view.rowType().getRecordComponents()) {
                if (component.getName().equals(column)) {
                    page.rows().forEach(row -> values.add(InWords.of(InWords.value(row, component))));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            // a list that cannot be read offers nothing
        }
        return values;
    }
}

package org.vinestock.surfaces.shell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vinestock.surfaces.site.Entry;

/**
 * What {@code help} prints: all commands that are derived, those of a scope, or how one is called. Written by hand because
 * it begins with what the machine does; Karaf's own lists a few hundred commands of the container.
 */
final class Help {
    private final List<Entry> entries;
    private final SortedMap<String, String> others;

    /** {@code others}: summaries by full name of Karaf's own commands. */
    Help(Collection<Entry> entries, SortedMap<String, String> others) {
        this.entries = List.copyOf(entries);
        this.others = new TreeMap<>(others);
        entries.forEach(entry -> this.others.remove(full(entry)));
    }

    /**
     * Prints about a scope such as {@code vm} or a command such as {@code vm:create}; about everything if empty.
     *
     * @throws IllegalArgumentException if there is no such thing
     */
    String about(String subject) {
        String wanted = subject.endsWith(":") ? subject.substring(0, subject.length() - 1) : subject;
        if (wanted.isEmpty()) {
            return overview();
        }
        for (Entry entry : entries) {
            if (full(entry).equals(wanted)) {
                return Usage.help(entry, Switches.of(entry));
            }
        }
        String summary = others.get(wanted);
        if (summary != null) {
            return summary.replaceFirst("[.]$", "") + ".\n\nIt is a command of Karaf; in `run shell`, " + wanted
                    + " --help says more.\n";
        }
        SortedMap<String, String> found = ofScope(wanted, ours());
        found.putAll(ofScope(wanted, others));
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no command or scope \"" + subject + "\"; help lists them");
        }
        return lines(found);
    }

    /** All that can be asked about. */
    SortedSet<String> subjects() {
        SortedSet<String> subjects = new TreeSet<>(ours().keySet());
        subjects.addAll(others.keySet());
        new ArrayList<>(subjects).forEach(name -> subjects.add(scope(name)));
        return subjects;
    }

    private String overview() {
        SortedSet<String> karaf = new TreeSet<>();
        others.keySet().forEach(name -> karaf.add(scope(name)));
        entries.forEach(entry -> karaf.remove(entry.scope()));
        return lines(ours())
                + "\nhelp vm lists a scope, help vm:create says how a command is called."
                + " Every command takes --json, every operation --dry-run.\n"
                + (karaf.isEmpty() ? "" : "Scopes of Karaf: " + String.join(" ", karaf) + "\n");
    }

    private SortedMap<String, String> ours() {
        SortedMap<String, String> ours = new TreeMap<>();
        entries.forEach(entry -> ours.put(full(entry), entry.summary()));
        return ours;
    }

    private static SortedMap<String, String> ofScope(String scope, SortedMap<String, String> commands) {
        SortedMap<String, String> found = new TreeMap<>();
        commands.forEach((name, summary) -> {
            if (scope(name).equals(scope)) {
                found.put(name, summary);
            }
        });
        return found;
    }

    private static String lines(SortedMap<String, String> commands) {
        int widest = commands.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        commands.forEach((name, summary) -> text.append(name)
                .append(" ".repeat(widest - name.length() + 2))
                .append(summary)
                .append('\n'));
        return text.toString();
    }

    private static String full(Entry entry) {
        return entry.scope() + ":" + entry.verb();
    }

    private static String scope(String full) {
        return full.substring(0, Math.max(0, full.indexOf(':')));
    }
}

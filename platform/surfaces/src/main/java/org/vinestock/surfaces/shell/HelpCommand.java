package org.vinestock.surfaces.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;
import org.vinestock.surfaces.site.Entry;
import org.vinestock.surfaces.site.Site;

/** {@link Help} as a command of Karaf's shell, in the place of Karaf's own. */
final class HelpCommand implements Command {
    private final Site site;
    private final Registry registry;

    HelpCommand(Site site, Registry registry) {
        this.site = site;
        this.registry = registry;
    }

    @Override
    public String getScope() {
        return Session.SCOPE_GLOBAL;
    }

    @Override
    public String getName() {
        return "help";
    }

    @Override
    public String getDescription() {
        return "List commands, or say how one is called";
    }

    @Override
    public Completer getCompleter(boolean scoped) {
        return this::complete;
    }

    @Override
    public @Nullable Parser getParser() {
        return null;
    }

    @Override
    public @Nullable Object execute(Session session, List<Object> arguments) throws Exception {
        Screen screen = KarafScreen.of(session);
        try {
            return ShellStatus.of(
                    run(screen, arguments.stream().map(String::valueOf).toList()));
        } finally {
            screen.flush().run();
        }
    }

    private boolean run(Screen screen, List<String> words) {
        try {
            if (words.size() > 1) {
                throw new IllegalArgumentException(
                        "\"" + words.get(1) + "\" is one argument too many; accepted: a scope or a command");
            }
            String subject = words.isEmpty() || words.get(0).equals("--help") ? "" : words.get(0);
            screen.out().print(help().about(subject));
            return true;
        } catch (RuntimeException e) {
            return ShellCall.fail(e, screen, "shell");
        }
    }

    private Help help() {
        List<Entry> entries = new ArrayList<>(site.entries());
        entries.add(DecisionWatch.ENTRY);
        SortedMap<String, String> others = new TreeMap<>();
        for (Command command : registry.getCommands()) {
            if (!command.getScope().equals(Session.SCOPE_GLOBAL) && !(command instanceof DerivedCommand)) {
                others.putIfAbsent(command.getScope() + ":" + command.getName(), command.getDescription());
            }
        }
        return new Help(entries, others);
    }

    private int complete(Session session, CommandLine line, List<String> candidates) {
        if (line.getCursorArgumentIndex() == 0) {
            candidates.add("help ");
        } else if (line.getCursorArgumentIndex() == 1 && line.getArguments()[0].matches("([*]:)?help")) {
            String typed = line.getCursorArgument().substring(0, line.getArgumentPosition());
            help().subjects().stream()
                    .filter(subject -> subject.startsWith(typed))
                    .forEach(subject -> candidates.add(subject + " "));
        }
        return candidates.isEmpty() ? -1 : line.getBufferPosition() - line.getArgumentPosition();
    }
}

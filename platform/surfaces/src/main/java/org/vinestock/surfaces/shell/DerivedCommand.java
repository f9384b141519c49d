package org.vinestock.surfaces.shell;

import java.util.List;
import javax.security.auth.Subject;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;
import org.vinestock.operation.Role;
import org.vinestock.surfaces.site.Person;
import org.vinestock.surfaces.site.Site;
import org.vinestock.time.Lane;

/**
 * A command of Karaf's shell, by name only: what it does is looked up when it is called, so that it holds nothing of an
 * area that left.
 */
final class DerivedCommand implements Command {
    private final Site site;
    private final Lane lane;
    private final String name;
    private final String description;

    DerivedCommand(Site site, Lane lane, String name, String description) {
        this.site = site;
        this.lane = lane;
        this.name = name;
        this.description = description;
    }

    @Override
    public String getScope() {
        return name.substring(0, name.lastIndexOf('.'));
    }

    @Override
    public String getName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    public String getDescription() {
        return description;
    }

    @Override
    public Completer getCompleter(boolean scoped) {
        return new Completion(site, () -> site.find(name), scoped);
    }

    @Override
    public @Nullable Parser getParser() {
        return null;
    }

    @Override
    public @Nullable Object execute(Session session, List<Object> arguments) throws Exception {
        Screen screen = KarafScreen.of(session);
        ShellCall call = new ShellCall(site, lane, screen, person(session), KarafKeyboard.of(session));
        try {
            return ShellStatus.of(
                    call.run(name, arguments.stream().map(String::valueOf).toList()));
        } finally {
            screen.flush().run();
        }
    }

    /** Whoever signed in over SSH; at the console of the process itself it is its owner. */
    private static Person person(Session session) {
        Object user = session.get("USER");
        String name = user == null ? "console" : user.toString();
        return session.get(Subject.class.getName()) instanceof Subject subject
                ? Person.of(name, subject)
                : new Person(name, Role.ADMIN);
    }
}

package org.vinestock.surfaces.shell;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionFeed;
import org.vinestock.surfaces.form.Form;
import org.vinestock.surfaces.site.Site;
import org.vinestock.time.Lane;

/** {@link DecisionWatch} as a command of Karaf's shell. */
final class WatchCommand implements Command {
    private final Site site;
    private final Lane lane;
    private final Supplier<Optional<DecisionFeed>> feed;

    WatchCommand(Site site, Lane lane, Supplier<Optional<DecisionFeed>> feed) {
        this.site = site;
        this.lane = lane;
        this.feed = feed;
    }

    @Override
    public String getScope() {
        return DecisionWatch.ENTRY.scope();
    }

    @Override
    public String getName() {
        return DecisionWatch.ENTRY.verb();
    }

    @Override
    public String getDescription() {
        return DecisionWatch.ENTRY.summary();
    }

    @Override
    public Completer getCompleter(boolean scoped) {
        return new Completion(site, () -> Optional.of(DecisionWatch.ENTRY), scoped);
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
            Form<DecisionWatch.Watch> form = Form.of(DecisionWatch.Watch.class);
            Arguments typed = Arguments.parse(words, form, Switches.of(DecisionWatch.ENTRY));
            if (typed.help()) {
                screen.out().print(Usage.help(DecisionWatch.ENTRY, Switches.of(DecisionWatch.ENTRY)));
                return true;
            }
            DecisionFeed live = feed.get()
                    .orElseThrow(
                            () -> new IllegalArgumentException("nobody tells of decisions: the kernel is missing"));
            new DecisionWatch(live, lane, site.codec(), screen).run(form.fill(typed.own(), site.codec()));
            return true;
        } catch (InterruptedException e) {
            return true;
        } catch (RuntimeException e) {
            return ShellCall.fail(e, screen, "shell");
        }
    }
}

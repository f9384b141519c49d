package org.vinestock.surfaces.shell;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.vinestock.decision.DecisionFeed;
import org.vinestock.surfaces.site.Entry;
import org.vinestock.surfaces.site.Site;
import org.vinestock.surfaces.site.SiteConnection;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/**
 * Registers a shell command for every operation and view. Immediate, because it serves nobody: Karaf's registry is told,
 * it does not ask. A command stays when its area leaves, and says so when it is called. The map's lock owns
 * what is registered.
 */
@Component(
        service = {},
        immediate = true)
public final class ShellCommands {
    private final Site site;
    private final Registry registry;
    private final Lane lane;
    private final SortedMap<String, Command> registered = new TreeMap<>();
    private volatile @Nullable DecisionFeed feed;
    private @Nullable Command karafsHelp;
    private boolean ended;
    private Cancellable listening = () -> {};

    /** Receives what it is made of. */
    @Activate
    public ShellCommands(@Reference SiteConnection connection, @Reference SessionFactory sessions) {
        this.site = connection.site();
        this.registry = sessions.getRegistry();
        this.lane = site.platform().scheduler().lane("shell");
    }

    /** Decisions can be followed from now on. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bind(DecisionFeed live) {
        feed = live;
    }

    /** Decisions can no longer be followed. */
    void unbind(DecisionFeed left) {
        feed = null;
    }

    @Activate
    void start() {
        listening = site.platform().onAreasChange(lane, this::register);
        register();
    }

    @Deactivate
    void stop() {
        listening.cancel();
        synchronized (registered) {
            ended = true;
            registered.values().forEach(registry::unregister);
            registered.clear();
            if (karafsHelp != null) {
                registry.register(karafsHelp);
            }
        }
    }

    private void register() {
        synchronized (registered) {
            if (ended) {
                return;
            }
            registered.computeIfAbsent(
                    DecisionWatch.ENTRY.name(),
                    name -> register(new WatchCommand(site, lane, () -> Optional.ofNullable(feed))));
            registered.computeIfAbsent("help", name -> register(help()));
            for (Entry entry : site.entries()) {
                registered.computeIfAbsent(
                        entry.name(), name -> register(new DerivedCommand(site, lane, name, entry.summary())));
            }
        }
    }

    /** Ours, in the place of Karaf's, which comes back when this ends. */
    private Command help() {
        Command former = registry.getCommand(Session.SCOPE_GLOBAL, "help");
        if (former != null) {
            registry.unregister(former);
            karafsHelp = former;
        }
        return new HelpCommand(site, registry);
    }

    private Command register(Command command) {
        registry.register(command);
        return command;
    }
}

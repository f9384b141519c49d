package org.vinestock.surfaces.shell;

import java.util.List;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
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
import org.vinestock.inventory.StoreStatus;
import org.vinestock.surfaces.site.Absence;
import org.vinestock.surfaces.site.SiteConnection;

/**
 * Answers in the place of the commands while there is no site, by saying why. The shell calls the command {@code default}
 * for each name that it does not know.
 *
 * <p>Immediate, because it serves nobody: Karaf's registry is told, it does not ask.
 */
@Component(
        service = {},
        immediate = true)
public final class StandIn {
    private final Registry registry;
    private final Command command = new Saying();
    private volatile @Nullable StoreStatus store;
    private @Nullable SiteConnection site;
    private boolean active;
    private boolean registered;

    /** Receives the shell. */
    @Activate
    public StandIn(@Reference SessionFactory sessions) {
        registry = sessions.getRegistry();
    }

    /** A site is there. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bind(SiteConnection connection) {
        site = connection;
        show();
    }

    /** It is gone; another one may have come before. */
    synchronized void unbind(SiteConnection connection) {
        if (site == connection) {
            site = null;
            show();
        }
    }

    /** The store says how it stands. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void bindStore(StoreStatus status) {
        store = status;
    }

    /** It is gone. */
    synchronized void unbindStore(StoreStatus status) {
        if (store == status) {
            store = null;
        }
    }

    @Activate
    synchronized void start() {
        active = true;
        show();
    }

    @Deactivate
    synchronized void stop() {
        active = false;
        show();
    }

    private void show() {
        boolean wanted = active && site == null;
        if (wanted && !registered) {
            registry.register(command);
        } else if (!wanted && registered) {
            registry.unregister(command);
        }
        registered = wanted;
    }

    /** Says why there is no site, whatever was asked. */
    private final class Saying implements Command {
        @Override
        public String getScope() {
            return "vinestock";
        }

        @Override
        public String getName() {
            return "default";
        }

        @Override
        public String getDescription() {
            return "Says why there are no commands now";
        }

        @Override
        public @Nullable Object execute(Session session, List<Object> arguments) throws Exception {
            StoreStatus current = store;
            Screen screen = KarafScreen.of(session);
            screen.err()
                    .println(Absence.of(current == null ? null : current.standing())
                            .sentence());
            screen.flush().run();
            return ShellStatus.of(false);
        }

        @Override
        public @Nullable Completer getCompleter(boolean scoped) {
            return null;
        }

        @Override
        public @Nullable Parser getParser() {
            return null;
        }
    }
}

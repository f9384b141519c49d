package org.vinestock.store.live;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.vinestock.backup.StateFiles;
import org.vinestock.inventory.StoreStatus;
import org.vinestock.journal.Keeping;
import org.vinestock.store.audit.AnchorFile;
import org.vinestock.store.audit.Anchorage;
import org.vinestock.store.backup.HomeBackups;
import org.vinestock.store.h2.Durability;
import org.vinestock.store.sql.Settings;
import org.vinestock.store.write.Retention;
import org.vinestock.time.Scheduler;
import org.vinestock.view.Codec;

/**
 * Publishes inventory, journal and audit of the site while it leads on their database. A changed configuration is heeded at once:
 * what stood on the former store ends and begins anew on the new one.
 *
 * <p>Immediate, for it publishes what it has by itself when it has it.
 */
@Component(service = StoreStatus.class, immediate = true, configurationPid = "org.vinestock.store")
@Designate(ocd = StoreComponent.Configuration.class)
public final class StoreComponent implements StoreStatus {
    /** The keys of {@code etc/org.vinestock.store.cfg}. */
    @ObjectClassDefinition(name = "Vinestock store")
    public @interface Configuration {
        /** {@code h2} = a file in the home; {@code jdbc:postgresql://HOST/DATABASE}; {@code memory} = kept nowhere. */
        @AttributeDefinition
        String url() default "h2";

        /** What an acknowledged change outlives with {@code h2}: {@code machine} = a power failure; {@code process}. */
        @AttributeDefinition
        String durability() default "machine";

        /** Who logs in; not for {@code h2}. */
        @AttributeDefinition
        String user() default "vinestock";

        /** A file of which the first line is the password. */
        @AttributeDefinition
        String password_file() default "";

        /** Seconds after which a silent leader is taken to be gone. */
        @AttributeDefinition(min = "3")
        int leader_seconds() default 6;

        /** How many former states can be looked at in memory. */
        @AttributeDefinition(min = "1")
        int history_revisions() default 10_000;

        /** How many samples of loads can be looked at. */
        @AttributeDefinition(min = "1")
        int history_samples() default 200;

        /** How many hours samples of loads are kept on disk, beside the ledger. */
        @AttributeDefinition(min = "1")
        int samples_hours() default 24;

        /** How many MiB they may take there, compressed. */
        @AttributeDefinition(min = "1")
        int samples_mebibytes() default 256;

        /** How many changes whoever was away can catch up with. */
        @AttributeDefinition(min = "1")
        int history_changes() default 100_000;

        /** How many changes are kept in the database. */
        @AttributeDefinition(min = "0")
        long database_changes() default 1_000_000;

        /** How many changes are kept in the database at most, as long as the ledger has decisions made on them. */
        @AttributeDefinition(min = "0")
        long database_changes_most() default 5_000_000;

        /** After how many changes a checkpoint is made: at most so many are read after it at a start. */
        @AttributeDefinition(min = "1")
        long checkpoint_changes() default 100_000;
    }

    private final LiveStore store;
    private final HomeBackups backups;

    /** Begins to open it. */
    @Activate
    public StoreComponent(
            BundleContext bundle, Configuration configuration, @Reference Codec codec, @Reference Scheduler scheduler) {
        Path home = Path.of(System.getProperty("vinestock.home", System.getProperty("karaf.base", "")));
        Address address = Address.of(
                configuration.url(),
                configuration.user(),
                configuration.password_file(),
                Durability.of(configuration.durability()),
                home);
        Retention memory = new Retention(
                configuration.history_revisions(), configuration.history_samples(), configuration.history_changes());
        Duration patience = Duration.ofSeconds(address.shared() ? Math.max(3, configuration.leader_seconds()) : 0);
        Settings settings = new Settings(
                holder(scheduler),
                patience,
                memory,
                configuration.checkpoint_changes(),
                configuration.database_changes(),
                Math.max(configuration.database_changes(), configuration.database_changes_most()));
        Anchorage anchorage = new AnchorFile(address.anchor(home));
        backups = new HomeBackups(home, bundle.getBundle().getVersion().toString(), scheduler, () -> owners(bundle));
        Keeping loadsKept = new Keeping(
                Duration.ofHours(Math.max(1, configuration.samples_hours())),
                (long) Math.max(1, configuration.samples_mebibytes()) << 20);
        store = new LiveStore(
                bundle, address, address.ledger(home), settings, loadsKept, codec, scheduler, anchorage, backups, home);
        store.start();
    }

    @Override
    public Standing standing() {
        return store.standing();
    }

    /** Names this process to people and, by chance, apart from all others. */
    private static String holder(Scheduler scheduler) {
        String host = System.getenv().getOrDefault("HOSTNAME", "this host");
        long chance = scheduler.random("store").nextLong();
        return host + " pid " + ProcessHandle.current().pid() + " " + Long.toHexString(chance);
    }

    /** Whoever has files in the state that nobody else can copy, by name. */
    private static List<StateFiles> owners(BundleContext bundle) {
        try {
            return bundle.getServiceReferences(StateFiles.class, null).stream()
                    .map(bundle::getService)
                    .filter(Objects::nonNull)
                    .sorted(Comparator.comparing(StateFiles::name))
                    .toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Deactivate
    void stop() {
        backups.close();
        store.close();
    }
}

package org.vinestock.store.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.jdbc.DataSourceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.audit.Audit;
import org.vinestock.audit.Deed;
import org.vinestock.backup.Backups;
import org.vinestock.backup.StateFiles;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.StoreStatus;
import org.vinestock.journal.Archives;
import org.vinestock.journal.Journal;
import org.vinestock.journal.Keeping;
import org.vinestock.model.VinestockException;
import org.vinestock.store.archive.ArchiveSettings;
import org.vinestock.store.archive.PatientClock;
import org.vinestock.store.archive.SqlArchives;
import org.vinestock.store.audit.Anchorage;
import org.vinestock.store.audit.MemoryAudit;
import org.vinestock.store.memory.MemoryInventory;
import org.vinestock.store.sql.Beside;
import org.vinestock.store.sql.Following;
import org.vinestock.store.sql.H2Files;
import org.vinestock.store.sql.Settings;
import org.vinestock.store.sql.SqlStore;
import org.vinestock.store.write.StoreError;
import org.vinestock.time.Scheduler;
import org.vinestock.view.Codec;

/**
 * Opens the store, publishes it, and when it is lost withdraws it and opens it anew, until it is closed. All of that on
 * one thread, {@code vinestock-store}: withdrawing ends the whole site, which may take its time.
 *
 * <p>Waits for a database that is not there and for a leader that is, so this is a class at the edge.
 */
final class LiveStore implements StoreStatus, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveStore.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BundleContext bundle;
    private final Address address;
    private final Address ledger;
    private final Settings settings;
    private final Keeping loadsKept;
    private final Codec codec;
    private final Scheduler scheduler;
    private final Anchorage anchorage;
    private final Backups backups;
    private final Path refusal;
    private final Path restored;
    private final DiskRoom room;
    private final BundleClasses classes;
    private final Following following;
    private final Deque<ServiceRegistration<?>> published = new ArrayDeque<>();
    private final BlockingQueue<Optional<VinestockException>> over = new ArrayBlockingQueue<>(8);
    private final Thread thread;
    private volatile boolean closed;
    private volatile Standing standing;
    private String said = "";

    /**
     * Makes one that is not open.
     *
     * @param ledger where the archives beside it are
     * @param anchorage where the end of the audit is kept outside of the database
     * @param backups makes backups of the home
     * @param home where somebody may have left word of a restore, and where word is left if the database cannot be read
     */
    LiveStore(
            BundleContext bundle,
            Address address,
            Address ledger,
            Settings settings,
            Keeping loadsKept,
            Codec codec,
            Scheduler scheduler,
            Anchorage anchorage,
            Backups backups,
            Path home) {
        this.anchorage = anchorage;
        this.backups = backups;
        this.refusal = home.resolve("run").resolve("refused");
        this.restored = home.resolve("state").resolve("restored");
        room = new DiskRoom(home.resolve("state"), DiskRoom.USUAL);
        this.bundle = bundle;
        this.address = address;
        this.ledger = ledger;
        this.settings = settings;
        this.loadsKept = loadsKept;
        this.codec = codec;
        this.scheduler = scheduler;
        classes = new BundleClasses(bundle);
        following = new Following(settings.patience(), scheduler::nanoTime);
        standing = new Standing(State.OPENING, address.shown(), "the store is being opened");
        thread = new Thread(this::run, "vinestock-store");
        thread.setDaemon(true);
    }

    @Override
    public Standing standing() {
        return standing;
    }

    private void stands(State state, String message) {
        standing = new Standing(state, address.shown(), message);
    }

    void start() {
        if (address.driver().isEmpty()) {
            LOG.info("the inventory is in memory: it is empty at the start and lost at the stop");
            LOG.info("the audit is in memory: it is lost at the stop");
            publish(StateFiles.class, new FilesElsewhere("inventory, tasks, audit and ledger are in memory only"));
            publish(Backups.class, backups);
            publish(Audit.class, new MemoryAudit(scheduler));
            stands(State.LEADS, "the inventory is in memory only");
            publish(Inventory.class, new MemoryInventory(settings.memory()));
        } else {
            thread.start();
        }
    }

    private void run() {
        while (!closed) {
            over.clear();
            if (!hasRoom()) {
                pause();
                continue;
            }
            try (SqlArchives archives = archives();
                    SqlStore store = open(archives)) {
                said = "";
                stands(State.LEADS, "leads with epoch " + store.epoch());
                sayUnread(store);
                tellRestored(store);
                publishFiles();
                publish(Backups.class, backups);
                publish(Audit.class, store.audit());
                archives.start();
                publish(Archives.class, archives);
                publish(Journal.class, store.journal());
                publish(Inventory.class, store.inventory());
                Optional<VinestockException> lost = overUnlessReadable(store);
                lost.ifPresent(this::lost);
                withdraw();
            } catch (VinestockException e) {
                sayOnce(e);
                pause();
                if (e.code() == StoreError.NOT_LEADING) {
                    follow();
                }
            } catch (InterruptedException e) {
                closed = true; // nobody interrupts it but the end of the process
            }
        }
        withdraw();
    }

    private boolean hasRoom() {
        Optional<String> missing = address.shared() ? Optional.empty() : room.missing();
        missing.ifPresent(full -> sayOnce(new VinestockException(StoreError.STORE_UNAVAILABLE, full)));
        return missing.isEmpty();
    }

    private void publishFiles() {
        if (address.shared()) {
            publish(
                    StateFiles.class,
                    new FilesElsewhere("inventory, tasks, states, audit and ledger are in the database "
                            + address.shown() + ", and are backed up with it: pg_dump"));
        } else {
            publish(StateFiles.class, new H2Files("site", source(address)));
            publish(StateFiles.class, new H2Files("ledger", source(ledger)));
        }
    }

    /** Tells the audit that somebody has put back a former state; whoever did it left word in a file. */
    private void tellRestored(SqlStore store) {
        try {
            if (Files.exists(restored)) {
                String details = Files.readString(restored).strip();
                Deed deed = new Deed("vinestock", "platform.restored", "", details);
                store.audit().tell(deed).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                Files.delete(restored);
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            LOG.warn("the audit was not told of {}: {}; it is told at the next start", restored, e.getMessage());
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private static void sayUnread(SqlStore store) {
        if (!store.unread().isEmpty()) {
            LOG.warn(
                    "rows of {} are kept, but no bundle has their classes; install their areas to see them",
                    store.unread());
        }
    }

    /** Waits until the store is over, or rows can be read that could not: then it is opened anew. */
    private Optional<VinestockException> overUnlessReadable(SqlStore store) throws InterruptedException {
        if (store.unread().isEmpty()) {
            return over.take();
        }
        BundleListener listener = event -> {
            if (event.getType() == BundleEvent.RESOLVED
                    && classes.findsOneOf(store.unread().values())) {
                over.offer(Optional.of(new VinestockException(
                        StoreError.STORE_UNREADABLE, event.getBundle() + " has classes that rows waited for")));
            }
        };
        bundle.addBundleListener(listener);
        try {
            return over.take();
        } finally {
            bundle.removeBundleListener(listener);
        }
    }

    private void lost(VinestockException because) {
        String message = String.valueOf(because.getMessage());
        boolean another = because.code() == StoreError.NOT_LEADING;
        stands(another ? State.FOLLOWS : State.UNAVAILABLE, message);
        LOG.error("{}; the site begins anew from what is kept", message);
    }

    /** Looks now and then until the leader is gone, or nothing can be seen. */
    private void follow() {
        try {
            DataSource source = source(address);
            while (!closed && !following.isOver(source)) {
                pause();
            }
        } catch (SQLException | VinestockException e) {
            LOG.debug("nobody can be followed; opening says why", e);
        }
    }

    private SqlArchives archives() {
        PatientClock age = new PatientClock(scheduler, scheduler::nanoTime);
        return new SqlArchives(source(ledger), ledger.schema(), ArchiveSettings.USUAL, age);
    }

    private SqlStore open(SqlArchives archives) {
        return SqlStore.open(
                source(address),
                codec,
                classes,
                settings,
                new Beside(archives::oldestRevision, archives::revisionsBefore, archives.open("load", loadsKept)),
                scheduler,
                anchorage,
                following,
                lost -> over.offer(Optional.of(lost)));
    }

    private DataSource source(Address of) {
        try {
            Collection<ServiceReference<DataSourceFactory>> factories = bundle.getServiceReferences(
                    DataSourceFactory.class, "(" + DataSourceFactory.OSGI_JDBC_DRIVER_CLASS + "=" + of.driver() + ")");
            for (ServiceReference<DataSourceFactory> reference : factories) {
                DataSourceFactory factory = bundle.getService(reference);
                if (factory != null) {
                    Properties properties = new Properties();
                    properties.putAll(of.properties());
                    return factory.createDataSource(properties);
                }
            }
            throw new VinestockException(
                    StoreError.STORE_UNAVAILABLE, "no bundle has the driver " + of.driver() + "; install it");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        } catch (SQLException e) {
            throw new VinestockException(StoreError.STORE_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Says what is the matter, once as long as it is the same. */
    private void sayOnce(VinestockException trouble) {
        String message = trouble.getMessage() == null ? trouble.toString() : trouble.getMessage();
        boolean follows = trouble.code() == StoreError.NOT_LEADING;
        stands(
                follows ? State.FOLLOWS : State.UNAVAILABLE,
                follows ? message : message + "; tried again every " + PAUSE.toSeconds() + " s");
        if (!message.equals(said)) {
            said = message;
            if (trouble.code() == StoreError.STORE_UNREADABLE) {
                refuse(message);
            }
            if (follows) {
                LOG.info("{}: {}", address.shown(), message);
            } else {
                LOG.error("{}: {}; tried again every {} s", address.shown(), message, PAUSE.toSeconds());
            }
        }
    }

    /** Leaves word for whoever waits for the start: what cannot be read does not become better by waiting. */
    private void refuse(String message) {
        try {
            Files.writeString(refusal, message + "\n");
        } catch (IOException e) {
            LOG.debug("nobody waits for {}", refusal, e);
        }
    }

    private void pause() {
        try {
            over.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private <S> void publish(Class<S> type, S service) {
        published.push(bundle.registerService(type, service, null));
    }

    private void withdraw() {
        for (@Nullable ServiceRegistration<?> each = published.poll(); each != null; each = published.poll()) {
            try {
                each.unregister();
            } catch (IllegalStateException e) {
                LOG.debug("the bundle is stopping and has withdrawn it", e);
            }
        }
    }

    /** Ends the site, writes what waits, and lets go of the database. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        if (address.driver().isEmpty()) {
            withdraw();
        }
        over.offer(Optional.empty());
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.vinestock.store.archive;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.journal.Archive;
import org.vinestock.journal.ArchiveEntry;
import org.vinestock.journal.Archives;
import org.vinestock.journal.Keeping;
import org.vinestock.journal.Line;
import org.vinestock.model.VinestockException;
import org.vinestock.store.h2.FileUpkeep;
import org.vinestock.store.sql.Connections;
import org.vinestock.store.sql.Migrations;
import org.vinestock.store.sql.Reads;
import org.vinestock.store.write.StoreError;
import org.vinestock.store.write.Wakes;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/**
 * All archives of a site: one thread that writes what waits, and one that reads. It opens the database by itself and goes
 * on trying while it is gone; meanwhile so much waits as {@link ArchiveSettings#waiting} says, and the rest is dropped.
 *
 * <p>Waits for what is given and for the database, so this is a class at the edge.
 */
public final class SqlArchives implements Archives, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SqlArchives.class);
    private static final int LARGEST_BATCH = 8_192;
    private static final long IDLE_SECONDS = 60;

    private final DataSource source;
    private final @Nullable String schema;
    private final ArchiveSettings settings;
    private final InstantSource clock;
    private final Map<String, SqlArchive> archives = new ConcurrentSkipListMap<>();
    private final LinkedBlockingQueue<Given> waiting;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Object committing = new Object();
    private final Wakes wakes = new Wakes();
    private final Reads reads;
    private final Thread thread;
    private volatile String trouble = "";
    private volatile long firstRevision;

    /** Something to do for the thread; null = look what there is to do. */
    private record Given(
            @Nullable SqlArchive archive, @Nullable ArchiveEntry entry) {}

    private static final Given NUDGE = new Given(null, null);

    /**
     * Makes them; nothing is opened before {@link #start}.
     *
     * @param schema of the database; null = its usual one
     */
    public SqlArchives(DataSource source, @Nullable String schema, ArchiveSettings settings, InstantSource clock) {
        this.source = source;
        this.schema = schema;
        this.settings = settings;
        this.clock = clock;
        waiting = new LinkedBlockingQueue<>(settings.waiting());
        reads = new Reads(source, "vinestock-archive-reader");
        thread = new Thread(this::run, "vinestock-archive");
        thread.setDaemon(true);
    }

    /** Begins to write. */
    public void start() {
        thread.start();
    }

    @Override
    public Archive open(String stream, Keeping keeping) {
        SqlArchive archive = archives.computeIfAbsent(stream, any -> new SqlArchive(stream, this, settings, keeping));
        archive.keep(keeping);
        if (!trouble.isEmpty()) {
            archive.looked();
        }
        nudge();
        return archive;
    }

    /** Has the thread look at what there is to do; when it has plenty to do it will. */
    private void nudge() {
        boolean unused = waiting.offer(NUDGE);
    }

    boolean give(SqlArchive archive, ArchiveEntry entry) {
        return closing.getCount() > 0 && waiting.offer(new Given(archive, entry));
    }

    <T> CompletionStage<T> read(Reads.Query<T> query) {
        return reads.run(query);
    }

    /** Held while a transaction ends and the indexes are set to what it did. */
    Object committing() {
        return committing;
    }

    @Override
    public String trouble() {
        return trouble;
    }

    @Override
    public Cancellable onTrouble(Lane lane, Runnable wake) {
        return wakes.add(lane, wake);
    }

    private void trouble(String now) {
        if (!now.equals(trouble)) {
            trouble = now;
            if (!now.isEmpty()) {
                archives.values().forEach(SqlArchive::looked);
            }
            wakes.wake();
        }
    }

    /** The oldest revision that a line needs; 0 = not known, so that all may be. */
    public long oldestRevision() {
        return archives.values().stream().mapToLong(SqlArchive::revision).min().orElse(ArchiveEntry.NO_REVISION);
    }

    /** Lets lines go that need an older revision than {@code first}, which cannot be looked at any more. */
    public void revisionsBefore(long first) {
        firstRevision = first;
        nudge();
    }

    private void run() {
        try {
            while (!session()) {
                if (closing.await(settings.retry().toMillis(), TimeUnit.MILLISECONDS) && !trouble.isEmpty()) {
                    break;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("the archives' thread was interrupted", e);
        }
        waiting.forEach(given -> {
            if (given.archive() != null) {
                given.archive().dropped();
            }
        });
        archives.values().forEach(SqlArchive::giveUp);
    }

    /** Writes as long as the database answers; true = it is closed. */
    private boolean session() throws InterruptedException {
        Connection connection = null;
        try {
            Migrations.run(source, "classpath:org/vinestock/store/archive", schema);
            connection = Connections.open(source);
            for (SqlArchive archive : archives.values()) {
                archive.load(connection);
            }
            connection.commit();
            FileUpkeep upkeep = FileUpkeep.of(connection, FileUpkeep.USUAL_FLOOR);
            write(connection);
            trouble("");
            while (gather()) {
                write(connection);
                boolean unused = upkeep.step(true); // nobody waits for this thread
            }
            return true;
        } catch (SQLException | RuntimeException e) {
            LOG.debug("the archives' database failed", e);
            String because = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            trouble(because.isEmpty() ? e.toString() : because);
            return e instanceof VinestockException known && known.code() == StoreError.STORE_UNREADABLE;
        } finally {
            Connections.close(connection);
        }
    }

    /** Waits until there is something to do; false = it is closed, and nothing is left. */
    private boolean gather() throws InterruptedException {
        boolean closed = closing.getCount() == 0;
        Given first = waiting.poll(closed ? 0 : IDLE_SECONDS, TimeUnit.SECONDS);
        if (first == null) {
            return !closed; // what is outdated goes
        }
        if (first.entry() != null) {
            boolean unused = closing.await(settings.pause().toMillis(), TimeUnit.MILLISECONDS);
        }
        List<Given> batch = new ArrayList<>();
        batch.add(first);
        waiting.drainTo(batch, LARGEST_BATCH - 1);
        batch.forEach(this::take);
        return true;
    }

    private void take(Given given) {
        SqlArchive archive = given.archive();
        ArchiveEntry entry = given.entry();
        if (archive == null || entry == null) {
            return;
        }
        try {
            String text = entry.text().get();
            if (text.length() <= Archive.LONGEST_TEXT) {
                archive.take(new Line(entry.number(), entry.at(), entry.key(), text), entry.revision());
                return;
            }
            LOG.warn(
                    "{} {} of {} has {} characters and is not kept; accepted: up to {}",
                    archive.stream(),
                    entry.number(),
                    entry.key(),
                    text.length(),
                    Archive.LONGEST_TEXT);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{} {} of {} cannot be kept", archive.stream(), entry.number(), entry.key(), e);
        }
        archive.dropped();
    }

    private void write(Connection connection) throws SQLException {
        Instant now = clock.instant();
        List<SqlArchive> all = List.copyOf(archives.values());
        for (SqlArchive archive : all) {
            if (!archive.loaded()) {
                archive.load(connection);
            }
            archive.write(connection, now, firstRevision);
        }
        synchronized (committing) {
            connection.commit();
            all.forEach(SqlArchive::written);
        }
    }

    /** Writes what waits, if the database answers, and ends. */
    @Override
    public void close() {
        closing.countDown();
        nudge();
        archives.values().forEach(SqlArchive::looked);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        reads.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

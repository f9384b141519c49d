package org.vinestock.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.NavigableMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vinestock.audit.Audit;
import org.vinestock.inventory.Inventory;
import org.vinestock.journal.Journal;
import org.vinestock.model.VinestockException;
import org.vinestock.store.audit.Anchorage;
import org.vinestock.store.h2.FileUpkeep;
import org.vinestock.store.write.StoreError;
import org.vinestock.view.Codec;

/**
 * An inventory, a journal and an audit in a database, led by this process from {@link #open} until {@link #close} or
 * until it is lost.
 */
public final class SqlStore implements AutoCloseable {
    /** The number of the newest migration. */
    public static final int SCHEMA = 4;

    private static final Logger LOG = LoggerFactory.getLogger(SqlStore.class);

    private final long epoch;
    private final GroupWriter writer;
    private final Reads reads;
    private final Reads checkpoints;
    private final Reads audits;
    private final SqlInventory inventory;
    private final SqlJournal journal;
    private final SqlAudit audit;
    private final NavigableMap<String, String> unread;

    private SqlStore(
            long epoch,
            GroupWriter writer,
            Reads reads,
            Reads checkpoints,
            Reads audits,
            SqlInventory inventory,
            SqlJournal journal,
            SqlAudit audit,
            NavigableMap<String, String> unread) {
        this.unread = unread;
        this.audits = audits;
        this.audit = audit;
        this.epoch = epoch;
        this.writer = writer;
        this.reads = reads;
        this.checkpoints = checkpoints;
        this.inventory = inventory;
        this.journal = journal;
    }

    /** Opens one whose audit is anchored nowhere: for tests and benchmarks. */
    public static SqlStore open(
            DataSource source,
            Codec codec,
            KindClasses classes,
            Settings settings,
            InstantSource clock,
            Consumer<VinestockException> lost) {
        return open(source, codec, classes, settings, clock, Anchorage.none(), lost);
    }

    /**
     * Migrates the database, takes the lead and loads the site. Waits for the database.
     *
     * @param anchorage where the end of the audit is kept outside of the database
     * @param lost is told once, on a thread of the store, when it cannot be written any more; then it is to be closed
     * @throws VinestockException {@code NOT_LEADING} naming who leads; {@code STORE_UNAVAILABLE}, {@code
     *     STORE_UNREADABLE}
     */
    public static SqlStore open(
            DataSource source,
            Codec codec,
            KindClasses classes,
            Settings settings,
            InstantSource clock,
            Anchorage anchorage,
            Consumer<VinestockException> lost) {
        return open(source, codec, classes, settings, Beside.NOTHING, clock, anchorage, lost);
    }

    /** Opens one beside which something is kept that refers to its former states. */
    public static SqlStore open(
            DataSource source,
            Codec codec,
            KindClasses classes,
            Settings settings,
            Beside beside,
            InstantSource clock,
            Anchorage anchorage,
            Consumer<VinestockException> lost) {
        Following following = new Following(settings.patience(), () -> clock.millis() * 1_000_000);
        return open(source, codec, classes, settings, beside, clock, anchorage, following, lost);
    }

    /** The same, of a process that has looked before; {@code following} keeps what it saw. */
    public static SqlStore open(
            DataSource source,
            Codec codec,
            KindClasses classes,
            Settings settings,
            Beside beside,
            InstantSource clock,
            Anchorage anchorage,
            Following following,
            Consumer<VinestockException> lost) {
        Connection connection = null;
        Reads reads = new Reads(source, "vinestock-store-reader");
        Reads checkpoints = new Reads(source, "vinestock-store-checkpoints");
        Reads audits = new Reads(source, "vinestock-store-audit");
        boolean opened = false;
        try {
            Migrations.run(source);
            connection = Connections.openToWrite(source, settings.patience());
            Leadership leadership = Leadership.take(connection, settings.holder(), following);
            Kinds kinds = Kinds.read(connection, classes);
            RowCodec rows = new RowCodec(codec);
            SiteReader reader = new SiteReader(rows, kinds, settings.memory().changes());
            SiteReader.Read site = reader.newest(connection);
            Checkpointer checkpointer = new Checkpointer(
                    connection, new CheckpointFormat(rows), checkpoints, settings, beside, site.changes());
            FileUpkeep upkeep = FileUpkeep.of(connection, settings.fileFloor());
            GroupWriter writer = new GroupWriter(connection, leadership, settings.heartbeat(), upkeep, lost);
            SqlAudit audit = SqlAudit.open(connection, writer, audits, clock, anchorage);
            SqlJournal journal = new SqlJournal(connection, writer, reads, audit, clock);
            Samples samples = new Samples(connection, journal, beside.samples(), clock);
            SqlInventory inventory = new SqlInventory(
                    site.site().with(samples.first()),
                    settings.memory(),
                    writer,
                    reads,
                    reader,
                    rows,
                    kinds,
                    checkpointer,
                    samples);
            connection.commit();
            writer.start();
            opened = true;
            LOG.info(
                    "leads with epoch {} at revision {}: the checkpoint of revision {} and {} changes",
                    leadership.epoch(),
                    site.site().ref().revision(),
                    site.checkpoint(),
                    site.changes());
            return new SqlStore(
                    leadership.epoch(), writer, reads, checkpoints, audits, inventory, journal, audit, kinds.unread());
        } catch (SQLException e) {
            throw new VinestockException(
                    StoreError.STORE_UNAVAILABLE, "the database cannot be opened: " + e.getMessage(), e);
        } finally {
            if (!opened) {
                Connections.close(connection);
                reads.close();
                checkpoints.close();
                audits.close();
            }
        }
    }

    /**
     * The kinds whose rows are kept but cannot be read, for nobody has their class; with its name. Once somebody has, the
     * store is to be opened anew.
     */
    public NavigableMap<String, String> unread() {
        return unread;
    }

    /** Grows with every leader of the database. */
    public long epoch() {
        return epoch;
    }

    /** The inventory. */
    public Inventory inventory() {
        return inventory;
    }

    /** What is kept beside it. */
    public Journal journal() {
        return journal;
    }

    /** Who did what. */
    public Audit audit() {
        return audit;
    }

    /** Writes what waits and lets somebody else lead. */
    @Override
    public void close() {
        writer.close();
        audit.close();
        reads.close();
        checkpoints.close();
        audits.close();
    }
}

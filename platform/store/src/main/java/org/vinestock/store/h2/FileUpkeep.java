package org.vinestock.store.h2;

import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RandomAccessStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the file of a database in H2 small while it is written, in steps so short that whoever writes may do them himself.
 *
 * <p>H2 writes each version as a piece of its own and uses a piece's room again when nothing in it is needed. Of what is
 * only ever added some page of most pieces is needed for long, so the file would grow to many times what is in it. H2's
 * own remedy is a thread that copies what is left of such pieces, but it has none where a commit is to be in the file when
 * it returns ({@code WRITE_DELAY=0}), and its steps are as long as tens of megabytes take. So it is done here: {@link
 * #step} copies what is left of the emptiest pieces, and at leisure moves pieces from the end of the file into holes.
 *
 * <p>One thread, the one of the connection, outside of a transaction.
 */
public final class FileUpkeep {
    /** The size from which on a file is looked after, unless somebody says otherwise. */
    public static final long USUAL_FLOOR = 16 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(FileUpkeep.class);

    /** How many bytes a step copies: some milliseconds' worth. */
    private static final int STEP = 256 << 10;
    /** After so many writes in the file a step is due, however little it has grown. */
    private static final int WRITES = 512;
    /** Room of what is not needed any more is used again after so many versions. */
    private static final int VERSIONS = 32;
    /** The share, in percent, of the rewritable pieces and of the file that is to be in use. */
    private static final int IN_USE = 60;

    private final Connection connection;
    private final @Nullable MVStore store; // null = nothing to look after
    private final long floor;
    private long sizeThen;
    private long writesThen;

    private FileUpkeep(Connection connection, @Nullable MVStore store, long floor) {
        this.connection = connection;
        this.store = store;
        this.floor = floor;
    }

    /**
     * Makes one for the database of a connection; one that does nothing if that is not a file of H2.
     *
     * @param floor the size from which on the file is looked after
     */
    public static FileUpkeep of(Connection connection, long floor) throws SQLException {
        MVStore store = null;
        if (connection.getMetaData().getDatabaseProductName().equals("H2")) {
            try {
                store = store(connection);
            } catch (ReflectiveOperationException e) {
                LOG.warn("this version of H2 does not show its file: it grows until the store is closed", e);
            }
        }
        return new FileUpkeep(connection, store, floor);
    }

    /** By reflection, for H2 exports what the file is made of, but not the way there, and has no word for it in SQL. */
    private static @Nullable MVStore store(Connection connection) throws ReflectiveOperationException, SQLException {
        Object at = connection.isWrapperFor(Connection.class) ? connection.unwrap(Connection.class) : connection;
        for (String way : new String[] {"getSession", "getDatabase", "getStore", "getMvStore"}) {
            try {
                at = at.getClass().getMethod(way).invoke(at);
            } catch (InvocationTargetException e) {
                throw new ReflectiveOperationException(way, e.getCause());
            }
        }
        MVStore store = (MVStore) at;
        if (!store.isPersistent() || !(store.getFileStore() instanceof RandomAccessStore)) {
            return null;
        }
        // At H2's own 0 a version may be written where the one lay that the mark at the file's beginning names, which
        // may
        // be some twenty versions old, or one that the version before still lists. Cut off in the middle, it would hide
        // versions that were acknowledged: H2 would then go by what stands at the end of the file.
        store.setVersionsToKeep(VERSIONS);
        return store;
    }

    /**
     * Does some milliseconds of work if it is due.
     *
     * @param atLeisure whether nobody waits: then it is due if there is any
     * @return whether something was done, so that there may be more
     */
    public boolean step(boolean atLeisure) throws SQLException {
        FileStore<?> file = store == null ? null : store.getFileStore();
        if (store == null || file == null || file.size() < floor) {
            return false;
        }
        boolean due = file.size() >= sizeThen + STEP || file.getWriteCount() >= writesThen + WRITES;
        if (!due && !atLeisure) {
            sizeThen = Math.min(sizeThen, file.size());
            return false;
        }
        boolean done = rewritableInUse() < IN_USE && store.compact(100, STEP);
        if (done) {
            store.commit();
        } else if (atLeisure && file.getFillRate() < IN_USE) {
            done = move((RandomAccessStore) file, store);
        }
        sizeThen = file.size();
        writesThen = file.getWriteCount();
        return done;
    }

    private static boolean move(RandomAccessStore file, MVStore store) {
        long before = file.size();
        file.compactMoveChunks(IN_USE, STEP, store);
        return file.size() < before;
    }

    /** How much of the pieces that are neither new nor full is in use, in percent. */
    private int rewritableInUse() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select setting_value from information_schema.settings where setting_name = ?")) {
            query.setString(1, "info.CHUNKS_FILL_RATE_RW");
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getInt(1) : 100;
            }
        } finally {
            connection.commit();
        }
    }
}

package org.vinestock.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.model.Kind;
import org.vinestock.model.VinestockException;
import org.vinestock.store.snapshot.SiteSnapshot;
import org.vinestock.store.write.StoreError;

/** Reads the site at a revision: the newest checkpoint before it and the changes since. */
final class SiteReader {
    private static final int FETCHED = 1_000;

    private final RowCodec codec;
    private final Kinds kinds;
    private final int changesLogged;

    SiteReader(RowCodec codec, Kinds kinds, int changesLogged) {
        this.codec = codec;
        this.kinds = kinds;
        this.changesLogged = changesLogged;
    }

    /**
     * A site as it was read.
     *
     * @param checkpoint the revision of the checkpoint that it began with; 0 = none
     * @param changes how many changes were made after that
     */
    record Read(SiteSnapshot site, long checkpoint, long changes) {}

    /** Reads the newest state. */
    Read newest(Connection connection) throws SQLException {
        return upTo(connection, Long.MAX_VALUE);
    }

    /**
     * Reads a former state; of loads there are none.
     *
     * @throws VinestockException {@code REVISION_UNKNOWN} if it is not kept
     */
    SiteSnapshot at(Connection connection, long revision) throws SQLException {
        SiteSnapshot site = upTo(connection, revision).site();
        if (site.ref().revision() != revision) {
            throw unknown(revision);
        }
        return site;
    }

    private VinestockException unknown(long revision) {
        return new VinestockException(
                StoreError.REVISION_UNKNOWN,
                "revision " + revision + " is not kept; look at a newer one, or keep more: history.changes");
    }

    private Read upTo(Connection connection, long upTo) throws SQLException {
        SiteSnapshot.Restored restored = new SiteSnapshot.Restored(changesLogged);
        long checkpoint = readCheckpoint(connection, upTo, restored);
        SiteSnapshot site = restored.at(new SnapshotRef(checkpoint, 0));
        long changes = 0;
        try (PreparedStatement statement = connection.prepareStatement(
                "select id, kind, object_kind, object, body" + " from change where id > ? and id <= ? order by id")) {
            statement.setLong(1, ChangeKey.last(checkpoint));
            statement.setLong(2, ChangeKey.last(upTo));
            statement.setFetchSize(FETCHED);
            try (ResultSet row = statement.executeQuery()) {
                List<Change> set = new ArrayList<>();
                long revision = checkpoint;
                while (row.next()) {
                    long next = ChangeKey.revision(row.getLong(1));
                    if (next != revision) {
                        site = with(site, set);
                        if (next != revision + 1) {
                            throw gap(revision, next, checkpoint, upTo);
                        }
                        revision = next;
                    }
                    set.add(change(kinds.named(row.getString(2)), row));
                    changes++;
                }
                site = with(site, set);
            }
        }
        connection.commit();
        return new Read(site, checkpoint, changes);
    }

    /** Reads the changes that made the revisions after one up to another, without a gap from the first one on. */
    List<List<Change>> changes(Connection connection, long after, long last) throws SQLException {
        List<List<Change>> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "select id, kind, object_kind, object, body" + " from change where id > ? and id <= ? order by id")) {
            statement.setLong(1, ChangeKey.last(after));
            statement.setLong(2, ChangeKey.last(last));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    long behind = ChangeKey.revision(row.getLong(1)) - after;
                    if (behind > found.size() + 1) {
                        return found; // those between were forgotten
                    }
                    if (behind > found.size()) {
                        found.add(new ArrayList<>());
                    }
                    found.get(found.size() - 1).add(change(kinds.named(row.getString(2)), row));
                }
            }
        }
        return found;
    }

    private VinestockException gap(long revision, long next, long checkpoint, long upTo) {
        if (revision == checkpoint && checkpoint == 0) {
            return unknown(Math.min(upTo, next - 1));
        }
        return new VinestockException(
                StoreError.STORE_UNREADABLE,
                "revision " + next + " follows " + revision
                        + " in the table change; restore the database from a backup");
    }

    private static SiteSnapshot with(SiteSnapshot site, List<Change> set) {
        if (set.isEmpty()) {
            return site;
        }
        SiteSnapshot next = site.committed(List.copyOf(set));
        set.clear();
        return next;
    }

    private <T extends Record> Change change(Kind<T> kind, ResultSet row) throws SQLException {
        StoredId id = new StoredId(row.getString(3), row.getString(4));
        String body = row.getString(5);
        return body == null ? new Change.Removed(kind, id) : new Change.Put<>(kind, id, read(body, kind, id));
    }

    private <T extends Record> T read(String body, Kind<T> kind, StoredId id) {
        return named(() -> codec.read(kind, body), kind, id);
    }

    private static <T> T named(Supplier<T> read, Kind<?> kind, StoredId id) {
        try {
            return read.get();
        } catch (RuntimeException e) {
            throw new VinestockException(
                    StoreError.STORE_UNREADABLE, "the row of " + id + " (" + kind + "): " + e.getMessage(), e);
        }
    }

    private long readCheckpoint(Connection connection, long upTo, SiteSnapshot.Restored restored) throws SQLException {
        long revision;
        int parts;
        try (PreparedStatement newest = connection.prepareStatement("select revision, parts from checkpoint"
                + " where revision <= ? order by revision desc fetch first 1 rows only")) {
            newest.setLong(1, upTo);
            try (ResultSet row = newest.executeQuery()) {
                if (!row.next()) {
                    return 0;
                }
                revision = row.getLong(1);
                parts = row.getInt(2);
            }
        }
        CheckpointFormat format = new CheckpointFormat(codec);
        try (PreparedStatement statement =
                connection.prepareStatement("select body from checkpoint_part where revision = ? and part = ?")) {
            for (int part = 0; part < parts; part++) {
                statement.setLong(1, revision);
                statement.setInt(2, part);
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next()) {
                        throw new VinestockException(
                                StoreError.STORE_UNREADABLE,
                                "part " + part + " of the checkpoint of revision " + revision
                                        + " is missing; restore the database from a backup");
                    }
                    format.read(row.getBytes(1), kinds, restored);
                }
            }
        }
        return revision;
    }
}

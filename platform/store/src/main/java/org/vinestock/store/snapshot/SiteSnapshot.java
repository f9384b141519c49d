package org.vinestock.store.snapshot;

import java.util.List;
import java.util.Optional;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Derivation;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Rows;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.ObjectId;

/** The site at one revision, made from the one before it. Immutable; any thread. */
public final class SiteSnapshot implements Snapshot {
    private final SnapshotRef ref;
    private final Tables tables;
    private final HostColumns hosts;
    private final ChangeLog log;
    private final Derivations derivations;

    private SiteSnapshot(long revision, Tables tables, HostColumns hosts, ChangeLog log, Derivations derivations) {
        ref = new SnapshotRef(revision, hosts.loads().sample());
        this.tables = tables;
        this.hosts = hosts;
        this.log = log;
        this.derivations = derivations;
    }

    /**
     * Makes the empty site at revision 0. All snapshots that come from it share one log of changes.
     *
     * @param changes how many changes the log holds
     */
    public static SiteSnapshot empty(int changes) {
        return new SiteSnapshot(
                0, Tables.EMPTY, new HostColumns(new HostIndex()), new ChangeLog(changes), new Derivations());
    }

    /** Puts a site together again from its rows, which may come in any order. One thread, used once. */
    public static final class Restored {
        private final int changes;
        private final HostColumns.Editor columns = new HostColumns.Editor(new HostColumns(new HostIndex()));
        private Tables tables = Tables.EMPTY;

        /** Begins with nothing; {@code changes} is how many changes the log of the new site holds. */
        public Restored(int changes) {
            this.changes = changes;
        }

        /** Gives the next row number to a host, which may be gone. */
        public void host(HostId host) {
            columns.known(host);
        }

        /** Adds a row that was put by the revision {@code changedAt}. */
        public <T extends Record> void row(Kind<T> kind, ObjectId id, T row, long changedAt) {
            tables = tables.with(new Change.Put<>(kind, id, row), changedAt, columns);
        }

        /** Returns the site at a revision; its log knows no change up to it, and all loads are 0. */
        public SiteSnapshot at(SnapshotRef ref) {
            HostColumns hosts = columns.done().with(Loads.none(ref.sample()));
            return new SiteSnapshot(ref.revision(), tables, hosts, new ChangeLog(changes), new Derivations());
        }
    }

    /**
     * Returns the same state as the beginning of another inventory: the two share what never changes, and nothing else. Its
     * log knows no change up to it.
     *
     * @param changes how many changes the other inventory's log holds
     */
    public SiteSnapshot apart(int changes) {
        return new SiteSnapshot(ref.revision(), tables, hosts.apart(), new ChangeLog(changes), new Derivations());
    }

    /**
     * Returns the next revision and enters its changes into the log. Called by the one writer, on its newest snapshot,
     * with changes that it has checked.
     */
    public SiteSnapshot committed(List<Change> changes) {
        SiteSnapshot next = next(changes);
        log.add(next.ref.revision(), changes);
        derivations.snapshotMade(tables.rows());
        return next;
    }

    /** Returns the next revision, made again: this one with the changes that once made it. */
    public SiteSnapshot next(List<Change> changes) {
        long revision = ref.revision() + 1;
        HostColumns.Editor columns = new HostColumns.Editor(hosts);
        Tables changed = tables;
        for (Change change : changes) {
            changed = changed.with(change, revision, columns);
        }
        return new SiteSnapshot(revision, changed, columns.done(), log, derivations);
    }

    /**
     * Returns what this one would be after changes. It shares nothing with other snapshots that they write, and nobody must
     * go on from it; all rows are read for it.
     */
    public SiteSnapshot tried(List<Change> changes) {
        Restored restored = new Restored(1);
        for (int row = 0; row < hosts.end(); row++) {
            restored.host(hosts.id(row));
        }
        rows((kind, objectKind, value, row, changedAt) ->
                put(restored, kind, new Id(objectKind, value), row, changedAt));
        return restored.at(ref).next(changes);
    }

    private static <T extends Record> void put(Restored to, Kind<T> kind, ObjectId id, Record row, long changedAt) {
        to.row(kind, id, kind.type().cast(row), changedAt);
    }

    private record Id(String kind, String value) implements ObjectId {}

    /**
     * Returns the same state at the beginning of a line of its own, which {@link #committed} goes on with: what is
     * derived from it does not meet what is derived from this one.
     *
     * @param changes how many changes its log holds
     */
    public SiteSnapshot detached(int changes) {
        return new SiteSnapshot(ref.revision(), tables, hosts, new ChangeLog(changes), new Derivations());
    }

    /** Returns this revision under the next sample of loads. Called by the one writer, on its newest snapshot. */
    public SiteSnapshot measured(List<HostLoad> loads) {
        derivations.snapshotMade(tables.rows());
        return with(hosts.measured(loads));
    }

    /** Returns the same revision under another sample of loads. */
    public SiteSnapshot with(Loads loads) {
        return loads == hosts.loads()
                ? this
                : new SiteSnapshot(ref.revision(), tables, hosts.with(loads), log, derivations);
    }

    /** The sample of loads that it shows. */
    public Loads loads() {
        return hosts.loads();
    }

    /** Returns what changed after one revision up to another; empty = no longer known. */
    public Optional<List<Change>> changesBetween(long after, long upTo) {
        return log.between(after, upTo);
    }

    /** The oldest revision of which the log still knows the changes. */
    public long oldestLogged() {
        return log.oldest();
    }

    /** Hands every row to {@code reader}, kind by kind. */
    public void rows(RowReader reader) {
        for (Table<?> table : tables.all()) {
            for (Entry entry : table.entries()) {
                reader.row(table.kind(), entry.kind, entry.value, entry.row, entry.changedAt);
            }
        }
    }

    /** Sees one row. */
    @FunctionalInterface
    public interface RowReader {
        /** {@code objectKind} and {@code value} are the object's id; {@code changedAt} the revision that put the row. */
        void row(Kind<?> kind, String objectKind, String value, Record row, long changedAt);
    }

    @Override
    public SnapshotRef ref() {
        return ref;
    }

    @Override
    public Hosts hosts() {
        return hosts;
    }

    @Override
    public <T extends Record> Rows<T> rows(Kind<T> kind) {
        return tables.table(kind);
    }

    @Override
    public Optional<List<Change>> changesSince(long revision) {
        return log.between(revision, ref.revision());
    }

    @Override
    public <D> D derive(Derivation<D> derivation) {
        return derivations.derive(derivation, this);
    }

    @Override
    public String toString() {
        return "revision " + ref.revision() + ", sample " + ref.sample();
    }
}

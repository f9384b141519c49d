package org.vinestock.store.snapshot;

import java.util.List;
import java.util.Optional;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Derivation;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Rows;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.model.Kind;

/** The site at one revision, made by {@link SnapshotWriter}. */
public final class SiteSnapshot implements Snapshot {
    private final SnapshotRef ref;
    private final Tables tables;
    private final HostColumns hosts;
    private final ChangeLog log;
    private final Derivations derivations;

    SiteSnapshot(long revision, Tables tables, HostColumns hosts, ChangeLog log, Derivations derivations) {
        ref = new SnapshotRef(revision, hosts.loads().sample());
        this.tables = tables;
        this.hosts = hosts;
        this.log = log;
        this.derivations = derivations;
    }

    /** Returns the next revision: this one with some changes, which {@link SnapshotWriter} has checked. */
    SiteSnapshot next(List<Change> changes) {
        long revision = ref.revision() + 1;
        HostColumns.Editor columns = new HostColumns.Editor(hosts);
        Tables changed = tables;
        for (Change change : changes) {
            changed = changed.with(change, revision, columns);
        }
        return new SiteSnapshot(revision, changed, columns.done(), log, derivations);
    }

    ChangeLog log() {
        return log;
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

    @Override
    public SnapshotRef ref() {
        return ref;
    }

    @Override
    public Hosts hosts() {
        return hosts;
    }

    HostColumns columns() {
        return hosts;
    }

    Tables tables() {
        return tables;
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

package org.vinestock.testkit;

import java.util.ArrayList;
import java.util.List;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.ObjectId;
import org.vinestock.store.write.Retention;
import org.vinestock.store.write.SnapshotWriter;

/**
 * Makes snapshots from rows, with the store's own code: one revision a call of {@link #snapshot}. One thread.
 *
 * <pre>{@code
 * Snapshot site = new Snapshots().put(HOST, host.id(), host).load(host.id(), 0.5).snapshot();
 * }</pre>
 */
public final class Snapshots {
    private final SnapshotWriter writer = new SnapshotWriter(Retention.USUAL);
    private final List<Change> changes = new ArrayList<>();
    private final List<HostLoad> loads = new ArrayList<>();

    /** Puts a row into the next revision. */
    public <T extends Record> Snapshots put(Kind<T> kind, ObjectId id, T row) {
        changes.add(new Change.Put<>(kind, id, row));
        return this;
    }

    /** Removes a row in the next revision. */
    public Snapshots remove(Kind<?> kind, ObjectId id) {
        changes.add(new Change.Removed(kind, id));
        return this;
    }

    /** Measures a host in the next revision. */
    public Snapshots load(HostId host, double share) {
        loads.add(new HostLoad(host, share));
        return this;
    }

    /** Returns the site with all that was put, removed and measured so far. */
    public Snapshot snapshot() {
        writer.apply(new ChangeSet(writer.head().ref().revision(), changes));
        changes.clear();
        if (!loads.isEmpty()) {
            writer.measure(loads);
            loads.clear();
        }
        return writer.head();
    }
}

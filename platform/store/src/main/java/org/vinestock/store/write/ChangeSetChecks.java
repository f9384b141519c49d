package org.vinestock.store.write;

import java.util.List;
import java.util.TreeSet;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.HostRow;
import org.vinestock.inventory.OccupantRow;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.Kind;
import org.vinestock.model.ObjectId;

/** What makes a change set a caller's mistake, whatever the state of the site. */
final class ChangeSetChecks {
    /** The largest size of a host or an occupant; sums of thousands of them fit into a long. */
    private static final long LARGEST = 1L << 50;

    private ChangeSetChecks() {}

    /**
     * Checks all changes.
     *
     * @throws IllegalArgumentException naming the change and what is accepted
     */
    static void check(ChangeSet set, Snapshot head) {
        long revision = head.ref().revision();
        if (set.basis() < 0 || set.basis() > revision) {
            throw new IllegalArgumentException(
                    "basis " + set.basis() + "; accepted: 0 to " + revision + ", the newest revision");
        }
        List<Change> changes = set.changes();
        TreeSet<String> seen = new TreeSet<>();
        for (Change change : changes) {
            Kind<?> kind = change.kind();
            ObjectId id = change.id();
            ObjectId.checked(id.kind(), id.value());
            head.rows(kind); // throws if the kind has another class
            if (changes.size() > 1 && !seen.add(kind.name() + ' ' + id.kind() + ' ' + id.value())) {
                throw new IllegalArgumentException(
                        "two changes of " + name(change) + "; accepted: one for each kind and id");
            }
            if (change instanceof Change.Put<?> put) {
                checkRow(put);
            }
        }
    }

    private static void checkRow(Change.Put<?> put) {
        Record row = put.value();
        if (!put.kind().type().isInstance(row)) {
            throw new IllegalArgumentException("a row of " + row.getClass().getName() + " for " + name(put)
                    + "; accepted: " + put.kind().type().getName());
        }
        if (row instanceof HostRow host) {
            if (!put.id().kind().equals("host")
                    || !put.id().value().equals(host.id().value())) {
                throw new IllegalArgumentException(
                        "the row of host " + host.id() + " for " + name(put) + "; accepted: its own id");
            }
            checkSizes(put, host.millicores(), host.memory());
        }
        if (row instanceof OccupantRow occupant) {
            checkSizes(put, occupant.millicores(), occupant.memory());
        }
    }

    private static void checkSizes(Change put, long millicores, long memory) {
        if (millicores < 0 || millicores > LARGEST || memory < 0 || memory > LARGEST) {
            throw new IllegalArgumentException(name(put) + " with " + millicores + " millicores and " + memory
                    + " bytes of memory; accepted: 0 to " + LARGEST + " each");
        }
    }

    /** Returns such as {@code vm vm-7 (vm.observed)}. */
    static String name(Change change) {
        ObjectId id = change.id();
        String object = id.kind() + ' ' + id.value();
        return change.kind().name().equals(id.kind())
                ? object
                : object + " (" + change.kind().name() + ')';
    }
}

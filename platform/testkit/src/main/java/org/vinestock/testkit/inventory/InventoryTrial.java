package org.vinestock.testkit.inventory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.VinestockException;
import org.vinestock.testkit.inventory.TriedRows.Guest;
import org.vinestock.testkit.inventory.TriedRows.Machine;
import org.vinestock.testkit.inventory.TriedRows.Note;
import org.vinestock.testkit.inventory.TriedRows.Thing;

/** One trial of one inventory: short words for what checks do. */
final class InventoryTrial {
    static final HostId A = new HostId("a");
    static final HostId B = new HostId("b");
    static final Thing VM_1 = new Thing("vm", "vm-1");

    final TriedInventory tried;
    final Inventory inventory;
    final RandomGenerator random;

    InventoryTrial(TriedInventory tried, RandomGenerator random) {
        this.tried = tried;
        this.inventory = tried.inventory();
        this.random = random;
    }

    static Change host(HostId id) {
        return new Change.Put<>(TriedRows.HOST, id, new Machine(id, true, 8000, 64));
    }

    static Change guest(Kind<Guest> kind, @Nullable HostId host, long millicores, long memory) {
        return new Change.Put<>(kind, VM_1, new Guest(VM_1, host, millicores, memory));
    }

    static Change note(String value, String text) {
        Thing id = new Thing("note", value);
        return new Change.Put<>(TriedRows.NOTE, id, new Note(id, text));
    }

    static Change noNote(String value) {
        return new Change.Removed(TriedRows.NOTE, new Thing("note", value));
    }

    long revision() {
        return inventory.head().ref().revision();
    }

    CompletionStage<Commit> begin(long basis, Change... changes) {
        return inventory.commit(new ChangeSet(basis, Arrays.asList(changes)));
    }

    /** Commits on the head, waits until it is durable and returns the revision. */
    long commit(Change... changes) {
        return done(begin(revision(), changes));
    }

    long done(CompletionStage<Commit> stage) {
        Commit commit = tried.await(stage);
        if (commit instanceof Commit.Done done) {
            return done.revision();
        }
        throw new AssertionError("a change set was to be done, but: " + commit);
    }

    /** Commits and demands that it is refused for its basis, without a new revision. */
    void refused(String what, long basis, Change... changes) {
        long before = revision();
        Commit commit = tried.await(begin(basis, changes));
        Demands.that(
                commit instanceof Commit.Refused refused
                        && !refused.violations().isEmpty()
                        && refused.violations().stream()
                                .allMatch(violation -> violation.rule().equals("basis")),
                what + " was to be refused by the rule basis, but: " + commit);
        Demands.same(before, revision(), "the revision after " + what + " was refused");
    }

    /** Demands that a change set throws and changes nothing. */
    void mistake(String what, long basis, Change... changes) {
        SnapshotRef before = inventory.head().ref();
        Demands.mistake(what, () -> begin(basis, changes));
        Demands.same(before, inventory.head().ref(), "the head after " + what + " was refused");
    }

    Snapshot at(SnapshotRef ref) {
        return tried.await(inventory.at(ref));
    }

    void unknown(SnapshotRef ref) {
        try {
            at(ref);
        } catch (CompletionException e) {
            Demands.that(
                    e.getCause() instanceof VinestockException failure
                            && failure.code().name().equals("REVISION_UNKNOWN"),
                    ref + " was to fail with REVISION_UNKNOWN, but: " + e.getCause());
            return;
        }
        throw new AssertionError(ref + " was never a state, but was returned");
    }

    static <T extends Record> List<T> list(Iterable<T> rows) {
        List<T> list = new ArrayList<>();
        rows.forEach(list::add);
        return list;
    }

    /** A host of a snapshot as text; see {@link NaiveInventory#text}. */
    static String host(Snapshot snapshot, HostId id) {
        Hosts hosts = snapshot.hosts();
        int row = hosts.row(id);
        Demands.that(row >= 0 && row < hosts.end(), "host " + id + " has row " + row + " of " + hosts.end());
        Demands.same(id, hosts.id(row), "the host of row " + row);
        return NaiveInventory.text(
                hosts.accepts(row),
                hosts.millicores(row),
                hosts.memory(row),
                hosts.freeMillicores(row),
                hosts.freeMemory(row));
    }
}

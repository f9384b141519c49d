package org.vinestock.testkit.inventory;

import static org.vinestock.testkit.inventory.Demands.same;
import static org.vinestock.testkit.inventory.Demands.that;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.Rows;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.ObjectId;
import org.vinestock.testkit.inventory.TriedRows.Guest;
import org.vinestock.testkit.inventory.TriedRows.Machine;
import org.vinestock.testkit.inventory.TriedRows.Note;
import org.vinestock.testkit.inventory.TriedRows.Thing;

/** Does the same random things to an inventory and to a naive one, and compares all that can be seen. */
final class NaiveComparison {
    private static final int STEPS = 200;

    private final InventoryTrial trial;
    private final RandomGenerator random;
    private final NaiveInventory naive = new NaiveInventory();
    private final List<CompletionStage<Commit>> pending = new ArrayList<>();
    private final List<Long> expected = new ArrayList<>();
    private final int hosts;
    private final int things;

    private NaiveComparison(InventoryTrial trial) {
        this.trial = trial;
        random = trial.random;
        hosts = 1 + random.nextInt(random.nextBoolean() ? 3 : 100);
        things = 1 + random.nextInt(random.nextBoolean() ? 3 : 60);
    }

    static void run(InventoryTrial trial) {
        NaiveComparison comparison = new NaiveComparison(trial);
        for (int step = 0; step < STEPS; step++) {
            comparison.step();
        }
        comparison.complete();
        comparison.compareFormer();
    }

    private void step() {
        if (random.nextInt(10) == 0) {
            measure();
        } else {
            commit(changeSet());
        }
        if (random.nextInt(5) == 0) {
            complete();
        }
        compare(trial.inventory.head(), naive.revision());
    }

    private void measure() {
        List<HostLoad> loads = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            HostLoad load = new HostLoad(host(), random.nextInt(3) / 2.0);
            if (trial.inventory.head().hosts().row(load.host()) >= 0) {
                loads.add(load);
            }
        }
        naive.measure(loads);
        same(naive.sample(), trial.inventory.measure(loads), "the number of a sample");
    }

    private void commit(ChangeSet set) {
        if (naive.mistaken(set)) {
            Demands.mistake(set.toString(), () -> trial.inventory.commit(set));
            return;
        }
        int outdated = naive.outdated(set);
        CompletionStage<Commit> stage = trial.inventory.commit(set);
        if (outdated > 0) {
            Commit commit = trial.tried.await(stage);
            that(
                    commit instanceof Commit.Refused refused
                            && refused.violations().size() == outdated,
                    set + " was to be refused for " + outdated + " rows, but: " + commit);
            return;
        }
        naive.apply(set);
        pending.add(stage);
        expected.add(naive.revision());
    }

    private void complete() {
        for (int i = 0; i < pending.size(); i++) {
            same(expected.get(i), trial.done(pending.get(i)), "the revision of a change set");
        }
        pending.clear();
        expected.clear();
        long committed = trial.inventory.committed().ref().revision();
        same(naive.revision(), committed, "what is committed when all is done");
    }

    private ChangeSet changeSet() {
        long head = naive.revision();
        long basis = switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> random.nextLong(head + 1);
            case 2 -> Math.max(0, head - 1);
            case 3 -> random.nextInt(10) == 0 ? head + 1 : head;
            default -> head;
        };
        List<Change> changes = new ArrayList<>();
        for (int i = random.nextInt(random.nextInt(5) == 0 ? 8 : 3); i > 0; i--) {
            changes.add(change());
        }
        return new ChangeSet(basis, changes);
    }

    private Change change() {
        Kind<?> kind = TriedRows.ALL.get(random.nextInt(TriedRows.ALL.size()));
        boolean ofHosts = kind.type() == Machine.class;
        ObjectId id = ofHosts ? host() : thing();
        if (random.nextInt(4) == 0) {
            return new Change.Removed(kind, id);
        }
        if (ofHosts) {
            Machine machine = new Machine(new HostId(id.value()), random.nextInt(3) > 0, size(), size());
            return new Change.Put<>(kind.equals(TriedRows.HOST) ? TriedRows.HOST : TriedRows.HOST_SEEN, id, machine);
        }
        if (kind.type() == Guest.class) {
            Guest guest = new Guest(id, random.nextInt(5) == 0 ? null : host(), size(), size());
            return new Change.Put<>(kind.equals(TriedRows.VM) ? TriedRows.VM : TriedRows.VM_SEEN, id, guest);
        }
        return new Change.Put<>(TriedRows.NOTE, id, new Note(id, "text " + random.nextInt(100)));
    }

    private long size() {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> TriedRows.LARGEST;
            case 3 -> TriedRows.LARGEST - 1;
            case 4 -> random.nextInt(40) == 0 ? -1 : 7;
            default -> random.nextInt(1000);
        };
    }

    private HostId host() {
        return new HostId("h" + random.nextInt(hosts));
    }

    private Thing thing() {
        return new Thing(random.nextInt(4) == 0 ? "template" : "vm", "x" + random.nextInt(things));
    }

    private void compare(Snapshot snapshot, long revision) {
        same(revision, snapshot.ref().revision(), "the revision");
        for (Kind<?> kind : TriedRows.ALL) {
            compareRows(snapshot.rows(kind), revision, kind);
        }
        for (int i = 0; i < hosts; i++) {
            HostId id = new HostId("h" + i);
            boolean known = snapshot.hosts().row(id) >= 0;
            String found = known ? InventoryTrial.host(snapshot, id) : NaiveInventory.text(false, 0, 0, 0, 0);
            same(naive.host(revision, id), found, "host " + id + " at " + revision);
        }
        long since = random.nextLong(revision + 1);
        same(Optional.of(naive.changes(since, revision)), snapshot.changesSince(since), "changes since " + since);
    }

    private void compareRows(Rows<?> rows, long revision, Kind<?> kind) {
        same(naive.rows(revision, kind), InventoryTrial.list(rows), kind + " at " + revision);
        same(naive.rows(revision, kind).size(), rows.size(), "the number of " + kind);
        String value = "x" + random.nextInt(things);
        same(naive.after(revision, kind, value), InventoryTrial.list(rows.after(value)), kind + " after " + value);
        ObjectId id = random.nextBoolean() ? thing() : host();
        @Nullable Record found = naive.find(revision, kind, id);
        same(Optional.ofNullable(found), rows.find(id), kind + " " + id);
    }

    /** Compares some former states and, at the head, the loads. */
    private void compareFormer() {
        for (int i = 0; i < 20; i++) {
            long revision = random.nextLong(naive.revision() + 1);
            compare(trial.at(new SnapshotRef(revision, random.nextLong(naive.sample() + 1))), revision);
        }
        Snapshot head = trial.inventory.head();
        for (int row = 0; row < head.hosts().end(); row++) {
            same(naive.load(head.hosts().id(row)), head.hosts().load(row), "the load of row " + row);
        }
    }
}

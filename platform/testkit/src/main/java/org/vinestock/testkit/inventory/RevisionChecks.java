package org.vinestock.testkit.inventory;

import static org.vinestock.testkit.inventory.Demands.same;
import static org.vinestock.testkit.inventory.Demands.that;
import static org.vinestock.testkit.inventory.InventoryTrial.A;
import static org.vinestock.testkit.inventory.InventoryTrial.VM_1;
import static org.vinestock.testkit.inventory.InventoryTrial.guest;
import static org.vinestock.testkit.inventory.InventoryTrial.list;
import static org.vinestock.testkit.inventory.InventoryTrial.noNote;
import static org.vinestock.testkit.inventory.InventoryTrial.note;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.testkit.inventory.TriedRows.Machine;
import org.vinestock.testkit.inventory.TriedRows.Note;
import org.vinestock.testkit.inventory.TriedRows.Thing;

/** Checks of numbering, bases and history. */
final class RevisionChecks {
    private RevisionChecks() {}

    static void empty(InventoryTrial trial) {
        for (Snapshot snapshot : List.of(trial.inventory.head(), trial.inventory.committed())) {
            same(new SnapshotRef(0, 0), snapshot.ref(), "the first state");
            same(0, snapshot.hosts().end(), "hosts");
            same(-1, snapshot.hosts().row(A), "the row of a host that was never known");
            same(0, snapshot.rows(TriedRows.VM).size(), "rows");
            same(Optional.of(List.of()), snapshot.changesSince(0), "changes");
        }
    }

    static void gapFree(InventoryTrial trial) {
        for (long revision = 1; revision <= 100; revision++) {
            same(revision, trial.commit(note("n" + revision % 7, "x" + revision)), "the number of a change set");
            same(revision, trial.revision(), "the head's revision");
        }
    }

    static void headAtOnce(InventoryTrial trial) {
        List<CompletionStage<Commit>> stages = new ArrayList<>();
        for (long revision = 1; revision <= 20; revision++) {
            stages.add(trial.begin(trial.revision(), note("n", "x" + revision)));
            same(revision, trial.revision(), "the head's revision when commit returned");
            Note row = list(trial.inventory.head().rows(TriedRows.NOTE)).get(0);
            same("x" + revision, row.text(), "the row at the head when commit returned");
        }
        for (int i = 0; i < stages.size(); i++) {
            same(i + 1L, trial.done(stages.get(i)), "the number of a change set");
        }
    }

    static void committed(InventoryTrial trial) {
        long shown = 0;
        for (int i = 0; i < 50; i++) {
            CompletionStage<Commit> stage = trial.begin(trial.revision(), note("n", "x" + i));
            long committed = trial.inventory.committed().ref().revision();
            that(committed >= shown, "what is committed went back from " + shown + " to " + committed);
            that(committed <= trial.revision(), "what is committed is ahead of the head");
            if (trial.random.nextInt(3) == 0) {
                long done = trial.done(stage);
                shown = trial.inventory.committed().ref().revision();
                that(shown >= done, "revision " + done + " is durable, but " + shown + " is shown as committed");
            }
        }
        trial.tried.settle();
        same(50L, trial.inventory.committed().ref().revision(), "what is committed in the end");
    }

    static void nothing(InventoryTrial trial) {
        same(0L, trial.commit(), "the revision of an empty change set");
        same(0L, trial.commit(new Change.Removed(TriedRows.VM, VM_1)), "that of removing what is not there");
        trial.commit(host(A));
        same(1L, trial.commit(), "the revision that an empty change set met");
        same(1L, trial.revision(), "the head's revision");
        same(2L, trial.commit(host(A)), "the revision of putting an equal row");
        trial.commit(new Change.Removed(TriedRows.VM, VM_1), note("n", "x"));
        same(
                Optional.of(List.of(host(A), note("n", "x"))),
                trial.inventory.head().changesSince(1),
                "changes, without the removal of what is not there");
    }

    static void basisRefused(InventoryTrial trial) {
        trial.commit(note("n", "first"));
        trial.commit(note("other", "x"));
        trial.commit(note("n", "second"));
        trial.refused("a change from before the last", 2, note("n", "third"));
        trial.refused("a removal from before the last", 1, noNote("n"));
        trial.commit(noNote("n"));
        trial.refused("a change from before a removal", 3, note("n", "fourth"));
        trial.refused("a creation from before a removal", 0, note("n", "fifth"));
        same(5L, trial.commit(note("n", "sixth")), "a creation after a removal");
        trial.refused("a change from before a creation", 4, note("n", "seventh"));
        same(
                List.of("sixth", "x"),
                list(trial.inventory.head().rows(TriedRows.NOTE)).stream()
                        .map(Note::text)
                        .toList(),
                "the notes in the end");
    }

    static void basisAccepted(InventoryTrial trial) {
        trial.commit(host(A));
        trial.commit(guest(TriedRows.VM, A, 1, 1));
        same(3L, trial.done(trial.begin(0, note("n", "new"))), "a new row on the basis 0");
        same(4L, trial.done(trial.begin(0, guest(TriedRows.VM_SEEN, A, 1, 1))), "another kind under the same id");
        same(5L, trial.done(trial.begin(2, guest(TriedRows.VM, A, 2, 2))), "a row that did not change after 2");
        trial.refused("a row that changed after 4", 4, guest(TriedRows.VM, A, 3, 3));
    }

    static void allOrNone(InventoryTrial trial) {
        trial.commit(note("n", "first"));
        trial.commit(note("n", "second"));
        trial.refused("a set of which one row is outdated", 1, note("fresh", "x"), note("n", "third"));
        same(1, trial.inventory.head().rows(TriedRows.NOTE).size(), "rows after it was refused");
        same(3L, trial.commit(note("fresh", "x"), note("n", "third"), host(A)), "the one revision of three changes");
        same(2, trial.inventory.head().rows(TriedRows.NOTE).size(), "rows after it was done");
        same(1, trial.inventory.head().hosts().end(), "hosts after it was done");
    }

    static void mistakes(InventoryTrial trial) {
        trial.commit(host(A));
        trial.mistake("a basis in the future", 2);
        trial.mistake("a negative basis", -1);
        trial.mistake("two changes of one row", 1, host(A), new Change.Removed(TriedRows.HOST, A));
        trial.mistake("a negative size", 1, guest(TriedRows.VM, A, -1, 1));
        trial.mistake("a size that sums would not hold", 1, guest(TriedRows.VM, A, 1, Long.MAX_VALUE));
        trial.mistake("a negative size of a host", 1, new Change.Put<>(TriedRows.HOST, A, new Machine(A, true, 1, -1)));
        HostId other = new HostId("other");
        Machine machine = new Machine(A, true, 1, 1);
        trial.mistake("a host under another's id", 1, new Change.Put<>(TriedRows.HOST, other, machine));
        Thing bad = new Thing("note", "not a name");
        trial.mistake("an id that is not a name", 1, new Change.Put<>(TriedRows.NOTE, bad, new Note(bad, "x")));
        Kind<Note> stolen = new Kind<>("host", Note.class);
        trial.mistake("a kind of another class", 1, new Change.Put<>(stolen, A, new Note(A, "x")));
        Demands.mistake("a load of 2", () -> trial.inventory.measure(List.of(new HostLoad(A, 2))));
        same(2L, trial.commit(note("n", "x")), "the next revision after all mistakes");
    }

    static void changesSince(InventoryTrial trial) {
        List<Change> all = List.of(host(A), note("n", "1"), note("n", "2"), new Change.Removed(TriedRows.HOST, A));
        Snapshot early = trial.inventory.head();
        all.forEach(trial::commit);
        Snapshot snapshot = trial.inventory.head();
        for (int since = 0; since <= 4; since++) {
            same(Optional.of(all.subList(since, 4)), snapshot.changesSince(since), "changes since " + since);
        }
        same(Optional.of(List.of()), early.changesSince(0), "changes of a former snapshot");
        same(Optional.empty(), snapshot.changesSince(5), "changes since the future");
        trial.commit(note("n", "3"));
        same(Optional.of(all), snapshot.changesSince(0), "changes of a snapshot that was overtaken");
    }

    static void at(InventoryTrial trial) {
        List<Snapshot> former = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            former.add(trial.inventory.head());
            if (trial.random.nextInt(4) == 0) {
                trial.inventory.measure(List.of(new HostLoad(A, trial.random.nextDouble())));
            } else {
                trial.commit(guest(TriedRows.VM, A, i, i), host(A));
            }
        }
        for (Snapshot snapshot : former) {
            SnapshotRef ref = snapshot.ref();
            Snapshot again = trial.at(ref);
            same(ref, again.ref(), "a former state");
            same(list(snapshot.rows(TriedRows.VM)), list(again.rows(TriedRows.VM)), "the rows at " + ref);
            same(snapshot.hosts().end(), again.hosts().end(), "the hosts at " + ref);
            if (snapshot.hosts().end() > 0) {
                same(host(snapshot, A), host(again, A), "host a at " + ref);
                same(snapshot.hosts().load(0), again.hosts().load(0), "its load at " + ref);
            }
        }
        trial.unknown(new SnapshotRef(trial.revision() + 1, 0));
        trial.unknown(new SnapshotRef(trial.revision(), 1000));
        trial.unknown(new SnapshotRef(-1, 0));
    }

    private static String host(Snapshot snapshot, HostId id) {
        return InventoryTrial.host(snapshot, id);
    }

    private static Change host(HostId id) {
        return InventoryTrial.host(id);
    }
}

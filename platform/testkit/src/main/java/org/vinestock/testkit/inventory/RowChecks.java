package org.vinestock.testkit.inventory;

import static org.vinestock.testkit.inventory.Demands.same;
import static org.vinestock.testkit.inventory.InventoryTrial.list;
import static org.vinestock.testkit.inventory.InventoryTrial.noNote;
import static org.vinestock.testkit.inventory.InventoryTrial.note;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Derivation;
import org.vinestock.inventory.Rows;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.model.VmId;
import org.vinestock.testkit.inventory.TriedRows.Guest;
import org.vinestock.testkit.inventory.TriedRows.Note;
import org.vinestock.testkit.inventory.TriedRows.Thing;

/** Checks of rows and what is derived from them. */
final class RowChecks {
    private RowChecks() {}

    /** Adds up the lengths of notes. */
    private static final class TextLength implements Derivation<Long> {
        @Override
        public Long build(Snapshot snapshot) {
            long sum = 0;
            for (Note note : snapshot.rows(TriedRows.NOTE)) {
                sum += note.text().length();
            }
            return sum;
        }

        @Override
        public Long update(Long before, Snapshot earlier, Snapshot now, List<Change> changes) {
            long sum = before;
            TreeSet<String> seen = new TreeSet<>();
            for (Change change : changes) {
                if (seen.add(change.id().value())) {
                    sum += length(now, change) - length(earlier, change);
                }
            }
            return sum;
        }

        private static long length(Snapshot snapshot, Change change) {
            return snapshot.rows(TriedRows.NOTE)
                    .find(change.id())
                    .map(note -> note.text().length())
                    .orElse(0);
        }
    }

    static void order(InventoryTrial trial) {
        TreeSet<String> names = new TreeSet<>();
        for (int i = 0; i < 300; i++) {
            String name = "n" + trial.random.nextInt(1000) + (trial.random.nextBoolean() ? "-x" : "");
            names.add(name);
            trial.commit(note(name, "x"));
        }
        Rows<Note> rows = trial.inventory.head().rows(TriedRows.NOTE);
        same(names.size(), rows.size(), "the number of rows");
        List<String> read = list(rows).stream().map(note -> note.id().value()).toList();
        same(List.copyOf(names), read, "the order of rows");
    }

    static void ids(InventoryTrial trial) {
        Thing thing = new Thing("vm", "x");
        Guest guest = new Guest(thing, null, 1, 1);
        trial.commit(new Change.Put<>(TriedRows.VM, thing, guest));
        Rows<Guest> rows = trial.inventory.head().rows(TriedRows.VM);
        same(Optional.of(guest), rows.find(new VmId("x")), "a row by an equal id of another class");
        same(Optional.empty(), rows.find(new Thing("host", "x")), "a row by an id of another kind");
        trial.commit(new Change.Put<>(TriedRows.VM, new Thing("host", "x"), guest));
        same(2, trial.inventory.head().rows(TriedRows.VM).size(), "rows of two kinds of objects with one name");
        trial.commit(new Change.Removed(TriedRows.VM, new VmId("x")));
        same(1, trial.inventory.head().rows(TriedRows.VM).size(), "rows after one was removed");
    }

    static void pages(InventoryTrial trial) {
        List<String> names = new ArrayList<>();
        for (int i = 100; i < 200; i++) {
            names.add("n" + i);
            trial.commit(note("n" + i, "x"));
        }
        Rows<Note> rows = trial.inventory.head().rows(TriedRows.NOTE);
        List<String> read = new ArrayList<>();
        String last = "";
        for (int page = 0; page < 20; page++) {
            int left = 7;
            for (Note note : rows.after(last)) {
                read.add(note.id().value());
                last = note.id().value();
                if (--left == 0) {
                    break;
                }
            }
        }
        same(names, read, "what pages of 7 show");
        same(List.of(), list(rows.after("z")), "rows after the last");
        same(50, list(rows.after("n149x")).size(), "rows after a value that is not there");
    }

    static void changedAt(InventoryTrial trial) {
        long first = trial.commit(note("a", "x"), note("b", "x"), note("c", "x"));
        long second = trial.commit(note("b", "y"));
        SnapshotRef former = trial.inventory.head().ref();
        long third = trial.commit(noNote("a"), note("b", "z"));
        changedAt(trial.at(former), first, second, first);
        changedAt(trial.inventory.head(), -1, third, first);
    }

    private static void changedAt(Snapshot snapshot, long... revisions) {
        List<Long> found = Stream.of("a", "b", "c")
                .map(name -> snapshot.rows(TriedRows.NOTE).changedAt(new Thing("note", name)))
                .toList();
        same(LongStream.of(revisions).boxed().toList(), found, "when the rows were put at " + snapshot.ref());
    }

    static void derives(InventoryTrial trial) {
        TextLength length = new TextLength();
        List<Snapshot> former = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String name = "n" + trial.random.nextInt(5);
            trial.commit(
                    trial.random.nextInt(4) == 0 ? noNote(name) : note(name, "x".repeat(trial.random.nextInt(10))));
            former.add(trial.inventory.head());
            Snapshot asked = trial.random.nextInt(3) == 0
                    ? former.get(trial.random.nextInt(former.size()))
                    : trial.inventory.head();
            same(length.build(asked), asked.derive(length), "what was derived at " + asked.ref());
        }
    }
}

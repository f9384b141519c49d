package org.vinestock.testkit.inventory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Derivation;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Rows;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.ObjectId;
import org.vinestock.store.memory.MemoryInventory;
import org.vinestock.store.write.Retention;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/** An inventory with one fault, which the contract must find. */
final class FaultyInventory implements Inventory {
    enum Fault {
        SKIPS_A_REVISION,
        TAKES_ANY_BASIS,
        REFUSES_OLD_BASES_ALTOGETHER,
        DROPS_THE_LAST_CHANGE_OF_A_SET,
        NUMBERS_NOTHING,
        ACCEPTS_MISTAKES_SILENTLY,
        SHOWS_THE_HEAD_LATE,
        NEVER_SHOWS_WHAT_IS_COMMITTED,
        FORGETS_A_FORMER_STATE,
        RETURNS_THE_HEAD_FOR_THE_FUTURE,
        FORGETS_A_CHANGE,
        NEVER_WAKES,
        WAKES_ONCE,
        WAKES_AFTER_CANCEL,
        ITERATES_BACKWARDS,
        PAGES_FROM_THE_VALUE_ON,
        SAYS_OF_ALL_ROWS_THAT_THEY_ARE_NEW,
        FINDS_BY_VALUE_ONLY,
        COUNTS_THE_MOVED_ONCE,
        FORGETS_LOADS,
        DERIVES_ONCE
    }

    private final Fault fault;
    private final MemoryInventory sound = new MemoryInventory(Retention.USUAL);
    private Snapshot late;
    private int wakes;
    private Object derived = "";

    FaultyInventory(Fault fault) {
        this.fault = fault;
        late = new FaultySnapshot(sound.head());
    }

    @Override
    public Snapshot head() {
        return fault == Fault.SHOWS_THE_HEAD_LATE ? late : new FaultySnapshot(sound.head());
    }

    @Override
    public Snapshot committed() {
        return fault == Fault.NEVER_SHOWS_WHAT_IS_COMMITTED ? late : new FaultySnapshot(sound.committed());
    }

    @Override
    public CompletionStage<Snapshot> at(SnapshotRef ref) {
        boolean future = ref.revision() > sound.head().ref().revision();
        if (fault == Fault.FORGETS_A_FORMER_STATE || (fault == Fault.RETURNS_THE_HEAD_FOR_THE_FUTURE && future)) {
            return CompletableFuture.completedStage(head());
        }
        return sound.at(ref);
    }

    @Override
    public CompletionStage<Commit> commit(ChangeSet set) {
        long head = sound.head().ref().revision();
        List<Change> changes = set.changes();
        if (fault == Fault.SHOWS_THE_HEAD_LATE) {
            late = new FaultySnapshot(sound.head());
        }
        return switch (fault) {
            case TAKES_ANY_BASIS -> sound.commit(new ChangeSet(Math.max(head, set.basis()), changes));
            case REFUSES_OLD_BASES_ALTOGETHER ->
                set.basis() < head
                        ? CompletableFuture.completedStage(new Commit.Refused(List.of()))
                        : sound.commit(set);
            case DROPS_THE_LAST_CHANGE_OF_A_SET ->
                sound.commit(new ChangeSet(
                        set.basis(), changes.size() > 1 ? changes.subList(0, changes.size() - 1) : changes));
            case NUMBERS_NOTHING -> {
                sound.commit(set);
                yield CompletableFuture.completedStage(new Commit.Done(0));
            }
            case ACCEPTS_MISTAKES_SILENTLY -> {
                try {
                    yield sound.commit(set);
                } catch (IllegalArgumentException e) {
                    yield CompletableFuture.completedStage(new Commit.Done(head));
                }
            }
            default -> sound.commit(set);
        };
    }

    @Override
    public long measure(List<HostLoad> loads) {
        return sound.measure(fault == Fault.FORGETS_LOADS ? List.of() : loads);
    }

    @Override
    public Cancellable onChange(Lane lane, Runnable wake) {
        Cancellable registration = sound.onChange(lane, () -> {
            wakes++;
            if (fault != Fault.NEVER_WAKES && (fault != Fault.WAKES_ONCE || wakes <= 2)) {
                wake.run();
            }
        });
        return fault == Fault.WAKES_AFTER_CANCEL ? () -> {} : registration;
    }

    private final class FaultySnapshot implements Snapshot {
        private final Snapshot sound;

        FaultySnapshot(Snapshot sound) {
            this.sound = sound;
        }

        @Override
        public SnapshotRef ref() {
            SnapshotRef ref = sound.ref();
            boolean skips = fault == Fault.SKIPS_A_REVISION && ref.revision() >= 13;
            return skips ? new SnapshotRef(ref.revision() + 1, ref.sample()) : ref;
        }

        @Override
        public Hosts hosts() {
            return fault == Fault.COUNTS_THE_MOVED_ONCE ? new FaultyHosts(sound) : sound.hosts();
        }

        @Override
        public <T extends Record> Rows<T> rows(Kind<T> kind) {
            return new FaultyRows<>(sound.rows(kind));
        }

        @Override
        public Optional<List<Change>> changesSince(long revision) {
            return sound.changesSince(revision)
                    .map(all -> fault == Fault.FORGETS_A_CHANGE && all.size() > 2 ? all.subList(1, all.size()) : all);
        }

        @Override
        @SuppressWarnings("unchecked") // only one derivation is asked for
        public <D> D derive(Derivation<D> derivation) {
            D value = sound.derive(derivation);
            derived = derived.equals("") ? value : derived;
            return fault == Fault.DERIVES_ONCE ? (D) derived : value;
        }
    }

    private final class FaultyRows<T extends Record> implements Rows<T> {
        private final Rows<T> sound;

        FaultyRows(Rows<T> sound) {
            this.sound = sound;
        }

        @Override
        public int size() {
            return sound.size();
        }

        @Override
        public Optional<T> find(ObjectId id) {
            Optional<T> found = sound.find(id);
            return fault == Fault.FINDS_BY_VALUE_ONLY && found.isEmpty()
                    ? sound.find(new TriedRows.Thing("vm", id.value()))
                    : found;
        }

        @Override
        public long changedAt(ObjectId id) {
            long changedAt = sound.changedAt(id);
            return fault == Fault.SAYS_OF_ALL_ROWS_THAT_THEY_ARE_NEW && changedAt >= 0
                    ? FaultyInventory.this.sound.head().ref().revision()
                    : changedAt;
        }

        @Override
        public Iterable<T> after(String value) {
            return fault == Fault.PAGES_FROM_THE_VALUE_ON && !value.isEmpty()
                    ? sound.after(value.substring(0, value.length() - 1))
                    : sound.after(value);
        }

        @Override
        public Iterator<T> iterator() {
            List<T> rows = new ArrayList<>(InventoryTrial.list(sound));
            if (fault == Fault.ITERATES_BACKWARDS) {
                Collections.reverse(rows);
            }
            return rows.iterator();
        }
    }

    /** Believes desired rows only. */
    private record FaultyHosts(Snapshot snapshot) implements Hosts {
        private long taken(int row, boolean cpu) {
            long taken = 0;
            for (TriedRows.Guest guest : snapshot.rows(TriedRows.VM)) {
                if (id(row).equals(guest.host())) {
                    taken += cpu ? guest.millicores() : guest.memory();
                }
            }
            return taken;
        }

        @Override
        public int end() {
            return snapshot.hosts().end();
        }

        @Override
        public int row(HostId id) {
            return snapshot.hosts().row(id);
        }

        @Override
        public HostId id(int row) {
            return snapshot.hosts().id(row);
        }

        @Override
        public boolean accepts(int row) {
            return snapshot.hosts().accepts(row);
        }

        @Override
        public long millicores(int row) {
            return snapshot.hosts().millicores(row);
        }

        @Override
        public long memory(int row) {
            return snapshot.hosts().memory(row);
        }

        @Override
        public long freeMillicores(int row) {
            return millicores(row) - taken(row, true);
        }

        @Override
        public long freeMemory(int row) {
            return memory(row) - taken(row, false);
        }

        @Override
        public double load(int row) {
            return snapshot.hosts().load(row);
        }
    }
}

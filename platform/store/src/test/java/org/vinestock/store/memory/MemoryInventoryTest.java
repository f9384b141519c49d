package org.vinestock.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.HostRow;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.OccupantRow;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.store.snapshot.SiteSnapshot;
import org.vinestock.store.write.Retention;

class MemoryInventoryTest {
    private record Machine(HostId id, boolean accepts, long millicores, long memory) implements HostRow {}

    private record Guest(VmId id, @Nullable HostId host, long millicores, long memory) implements OccupantRow {}

    private static final Kind<Machine> MACHINE = new Kind<>("host", Machine.class);
    private static final Kind<Guest> GUEST = new Kind<>("vm", Guest.class);
    private static final Kind<Guest> SEEN = new Kind<>("vm.observed", Guest.class);
    private static final HostId A = new HostId("a");
    private static final HostId B = new HostId("b");
    private static final VmId VM = new VmId("vm-1");

    private final MemoryInventory inventory = new MemoryInventory(new Retention(5, 3, 100));

    @Test
    void countsAVmOnTheMoveOnBothHosts() {
        commit(host(A), host(B));
        commit(new Change.Put<>(GUEST, VM, new Guest(VM, A, 1000, 5)));
        commit(new Change.Put<>(SEEN, VM, new Guest(VM, A, 2000, 4)));
        assertEquals("a 6000/5 b 8000/10", free());
        commit(new Change.Put<>(GUEST, VM, new Guest(VM, B, 1000, 5)));
        assertEquals("a 6000/6 b 7000/5", free());
        commit(new Change.Put<>(SEEN, VM, new Guest(VM, B, 2000, 4)));
        assertEquals("a 8000/10 b 6000/5", free());
        commit(new Change.Removed(GUEST, VM));
        assertEquals("a 8000/10 b 6000/6", free());
        commit(new Change.Put<>(SEEN, VM, new Guest(VM, null, 2000, 4)));
        assertEquals("a 8000/10 b 8000/10", free());
    }

    @Test
    void beginsWithAStateOfAnotherInventoryAndSharesNothingThatChanges() {
        commit(host(A), host(B));
        commit(new Change.Put<>(GUEST, VM, new Guest(VM, A, 1000, 5)));
        inventory.measure(List.of(new HostLoad(B, 0.5)));
        Snapshot before = inventory.head();
        MemoryInventory other = new MemoryInventory(new Retention(5, 3, 100), (SiteSnapshot) before);
        assertEquals(before.ref(), other.head().ref());
        assertEquals(0.5, other.head().hosts().load(1));
        assertEquals(List.of(), other.head().changesSince(2).orElseThrow());
        assertTrue(other.head().changesSince(1).isEmpty());

        HostId c = new HostId("c");
        other.commit(new ChangeSet(2, List.of(host(c), new Change.Removed(GUEST, VM))));
        assertEquals(3, other.head().ref().revision());
        assertEquals(8000, other.head().hosts().freeMillicores(0));
        assertEquals(2, other.head().hosts().row(c));
        assertEquals(before, inventory.head());
        assertEquals(7000, inventory.head().hosts().freeMillicores(0));
        HostId d = new HostId("d");
        commit(host(d));
        assertEquals(2, inventory.head().hosts().row(d), "the other one's host has no row here");
        assertEquals(-1, other.head().hosts().row(d));
    }

    @Test
    void keepsTheRowOfAHostThatIsGone() {
        commit(host(A), host(B));
        commit(new Change.Put<>(GUEST, VM, new Guest(VM, A, 1000, 5)));
        commit(new Change.Removed(MACHINE, A));
        Hosts hosts = inventory.head().hosts();
        assertEquals(0, hosts.row(A));
        assertFalse(hosts.accepts(0));
        assertTrue(hosts.accepts(1));
        assertEquals("a -1000/-5 b 8000/10", free());
        commit(host(A));
        assertEquals(0, inventory.head().hosts().row(A));
        assertEquals("a 7000/5 b 8000/10", free());
    }

    @Test
    void putsFormerRevisionsAndSamplesTogether() {
        commit(host(A));
        inventory.measure(List.of(new HostLoad(A, 0.5)));
        commit(host(B));
        inventory.measure(List.of(new HostLoad(B, 1)));
        Snapshot former = at(1, 2);
        assertEquals(1, former.hosts().end());
        assertEquals(0.5, former.hosts().load(0));
        assertEquals(new SnapshotRef(1, 2), former.ref());
        assertEquals(1.0, at(2, 2).hosts().load(1));
        assertEquals(0.0, at(2, 1).hosts().load(1));
        assertEquals(0.0, at(2, 0).hosts().load(0));
    }

    @Test
    void saysWhichRevisionsItStillKeeps() {
        for (int i = 0; i < 10; i++) {
            commit(host(A));
        }
        VinestockException unknown = unknown(5, 0);
        assertEquals(
                "revision 5 is not kept; revisions 6 to 10 are, look at one of these or keep more",
                unknown.getMessage());
        assertEquals("REVISION_UNKNOWN", unknown.code().name());
        assertEquals(6, at(6, 0).ref().revision());
        assertTrue(unknown(11, 0).getMessage().startsWith("revision 11 is not kept"));
        assertTrue(unknown(10, 1).getMessage().startsWith("sample 1 is not kept"));
    }

    @Test
    void refusesABasisOfWhichRemovalsAreForgotten() {
        commit(host(A));
        commit(new Change.Removed(MACHINE, A));
        for (int i = 0; i < 101; i++) {
            HostId id = new HostId("h" + i);
            commit(host(id));
            commit(new Change.Removed(MACHINE, id));
        }
        Commit old = done(new ChangeSet(1, List.of(host(A))));
        assertTrue(
                old.toString().contains("basis 1 is too old to tell whether host a was removed after it"),
                old.toString());
        assertInstanceOf(
                Commit.Done.class, done(new ChangeSet(inventory.head().ref().revision(), List.of(host(A)))));
    }

    @Test
    void refusesAStrictChangeIfAnythingElseChangedAfterItsBasis() {
        commit(host(A));
        commit(host(B));
        Change place = new Change.Put<>(GUEST, VM, new Guest(VM, A, 1000, 5));
        Commit late = done(new ChangeSet(1, List.of(place), true));
        assertTrue(late.toString().contains("the state is at revision 2, after the basis 1"), late.toString());
        assertInstanceOf(Commit.Done.class, done(new ChangeSet(2, List.of(place), true)));
    }

    @Test
    void refusesMistakesInWordsAndChangesNothing() {
        commit(host(A));
        mistake("basis 2; accepted: 0 to 1", new ChangeSet(2, List.of()));
        mistake("two changes of host a", new ChangeSet(1, List.of(host(A), new Change.Removed(MACHINE, A))));
        mistake("the row of host a for host b", set(new Change.Put<>(MACHINE, B, new Machine(A, true, 1, 1))));
        mistake("with -1 millicores", set(new Change.Put<>(GUEST, VM, new Guest(VM, A, -1, 1))));
        mistake(
                "vm vm-1 (vm.observed) with 1 millicores and 9223372036854775807 bytes",
                set(new Change.Put<>(SEEN, VM, new Guest(VM, A, 1, Long.MAX_VALUE))));
        mistake("class", set(new Change.Put<>(new Kind<>("host", Guest.class), VM, new Guest(VM, A, 1, 1))));
        assertThrows(IllegalArgumentException.class, () -> inventory.measure(List.of(new HostLoad(A, Double.NaN))));
        assertEquals(new SnapshotRef(1, 0), inventory.head().ref());
    }

    private void mistake(String words, ChangeSet set) {
        String message = assertThrows(IllegalArgumentException.class, () -> inventory.commit(set))
                .getMessage();
        assertTrue(message.contains(words), message);
    }

    private ChangeSet set(Change... changes) {
        return new ChangeSet(inventory.head().ref().revision(), List.of(changes));
    }

    private static Change host(HostId id) {
        return new Change.Put<>(MACHINE, id, new Machine(id, true, 8000, 10));
    }

    private void commit(Change... changes) {
        assertInstanceOf(Commit.Done.class, done(set(changes)));
    }

    private Commit done(ChangeSet set) {
        return inventory.commit(set).toCompletableFuture().join();
    }

    private Snapshot at(long revision, long sample) {
        return inventory
                .at(new SnapshotRef(revision, sample))
                .toCompletableFuture()
                .join();
    }

    private VinestockException unknown(long revision, long sample) {
        CompletionException failure = assertThrows(CompletionException.class, () -> at(revision, sample));
        return assertInstanceOf(VinestockException.class, failure.getCause());
    }

    private String free() {
        Hosts hosts = inventory.head().hosts();
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < hosts.end(); row++) {
            text.append(hosts.id(row)).append(' ').append(hosts.freeMillicores(row));
            text.append('/').append(hosts.freeMemory(row)).append(' ');
        }
        return text.toString().strip();
    }
}

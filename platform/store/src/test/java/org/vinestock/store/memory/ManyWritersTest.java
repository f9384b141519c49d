package org.vinestock.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.HostRow;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.OccupantRow;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.VmId;
import org.vinestock.store.write.Retention;

/** Several threads write and read one inventory. */
class ManyWritersTest {
    private record Machine(HostId id, boolean accepts, long millicores, long memory) implements HostRow {}

    private record Guest(VmId id, HostId host, long millicores, long memory) implements OccupantRow {}

    private static final Kind<Machine> MACHINE = new Kind<>("host", Machine.class);
    private static final Kind<Guest> GUEST = new Kind<>("vm", Guest.class);
    private static final int WRITERS = 4;
    private static final int CHANGES = 3000;

    private final MemoryInventory inventory = new MemoryInventory(new Retention(100_000, 10, 100_000));
    private final ConcurrentSkipListSet<Long> revisions = new ConcurrentSkipListSet<>();

    @Test
    void numbersTheChangesOfAllWithoutGapsAndLosesNone() throws Exception {
        List<CompletableFuture<Integer>> refused = new ArrayList<>();
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            CompletableFuture<Integer> done = new CompletableFuture<>();
            refused.add(done);
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                    done.complete(write(number));
                } catch (Throwable failure) {
                    done.completeExceptionally(failure);
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
        int lost = 0;
        for (CompletableFuture<Integer> each : refused) {
            lost += each.get(60, TimeUnit.SECONDS);
        }
        long done = (long) WRITERS * CHANGES - lost;
        assertEquals(done, inventory.head().ref().revision());
        assertEquals(new TreeSet<>(revisions).size(), done);
        assertEquals(1L, revisions.first());
        assertEquals(done, revisions.last());
        assertEquals(done, inventory.head().changesSince(0).orElseThrow().size());
        assertSound(inventory.head());
        assertSound(
                inventory.at(new SnapshotRef(done / 2, 0)).toCompletableFuture().join());
    }

    /** Puts rows, some of which all writers share, and returns how many change sets were refused. */
    private int write(int writer) {
        int refused = 0;
        for (int i = 0; i < CHANGES; i++) {
            Snapshot head = inventory.head();
            Commit commit = inventory
                    .commit(new ChangeSet(head.ref().revision(), List.of(change(writer, i))))
                    .toCompletableFuture()
                    .join();
            if (commit instanceof Commit.Done done) {
                assertTrue(revisions.add(done.revision()), "revision " + done.revision() + " was given twice");
            } else {
                refused++;
            }
            if (i % 100 == 0) {
                assertSound(head);
                assertSound(inventory.head());
            }
        }
        return refused;
    }

    private static Change change(int writer, int i) {
        HostId host = new HostId("h" + i % 100);
        if (i % 3 == 0) {
            return new Change.Put<>(MACHINE, host, new Machine(host, true, 1000, 1000));
        }
        VmId vm = new VmId("vm-" + writer + "-" + i % 500);
        return new Change.Put<>(GUEST, vm, new Guest(vm, host, 1, 2));
    }

    private static void assertSound(Snapshot snapshot) {
        Hosts hosts = snapshot.hosts();
        long offered = 0;
        long free = 0;
        for (int row = 0; row < hosts.end(); row++) {
            assertEquals(row, hosts.row(hosts.id(row)));
            offered += hosts.memory(row);
            free += hosts.freeMemory(row);
        }
        assertEquals(1000L * snapshot.rows(MACHINE).size(), offered);
        assertEquals(2L * snapshot.rows(GUEST).size(), offered - free);
    }
}

package org.vinestock.machines.provider.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.machines.MachineError;
import org.vinestock.machines.PowerState;
import org.vinestock.machines.site.ObservedVm;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.model.ByteCount;
import org.vinestock.model.HostId;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/** In the container a follower writes between the look at the head and the commit. */
class SiteRowsTest {
    private static final VmId VM = new VmId("vm-1");

    private final SimulatedScheduler scheduler = new SimulatedScheduler(1, Instant.EPOCH, (lane, thrown) -> {
        throw new AssertionError(thrown);
    });
    private final Inventory inventory = new MemoryInventories().memory(scheduler);

    private CompletionStage<Long> removedWhileAFollowerWrites(int times) {
        SiteRows rows = new SiteRows(new Contended(times), scheduler.lane("test"));
        CompletionStage<Long> commit = rows.commit(new Change.Removed(SiteKinds.VM_OBSERVED, VM));
        scheduler.run(scheduler.instant().plus(Duration.ofSeconds(1)), 1_000);
        return commit;
    }

    @Test
    void triesAgainIfAFollowerWasQuicker() {
        long revision = removedWhileAFollowerWrites(2).toCompletableFuture().getNow(-1L);
        assertEquals(inventory.head().ref().revision(), revision);
        assertEquals(0, inventory.head().rows(SiteKinds.VM_OBSERVED).size());
    }

    @Test
    void givesUpAndSaysWhatWasChanged() {
        CompletionStage<Long> commit = removedWhileAFollowerWrites(100);
        CompletionException failed = assertThrows(
                CompletionException.class, () -> commit.toCompletableFuture().getNow(-1L));
        assertEquals(MachineError.CHANGED_MEANWHILE, ((VinestockException) failed.getCause()).code());
    }

    /** Another change of the same VM comes before the first commits. */
    private final class Contended implements Inventory {
        private int times;

        Contended(int times) {
            this.times = times;
        }

        @Override
        public CompletionStage<Commit> commit(ChangeSet changes) {
            if (times-- > 0) {
                ObservedVm row =
                        new ObservedVm(VM, 1_000 + times, ByteCount.ofGib(1), PowerState.RUNNING, new HostId("h1"));
                inventory.commit(new ChangeSet(
                        inventory.head().ref().revision(), List.of(new Change.Put<>(SiteKinds.VM_OBSERVED, VM, row))));
            }
            return inventory.commit(changes);
        }

        @Override
        public Snapshot head() {
            return inventory.head();
        }

        @Override
        public Snapshot committed() {
            return inventory.committed();
        }

        @Override
        public CompletionStage<Snapshot> at(SnapshotRef ref) {
            return inventory.at(ref);
        }

        @Override
        public long measure(List<HostLoad> loads) {
            return inventory.measure(loads);
        }

        @Override
        public Cancellable onChange(Lane lane, Runnable wake) {
            return inventory.onChange(lane, wake);
        }
    }
}

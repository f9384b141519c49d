package org.vinestock.testkit.inventory;

import static org.vinestock.testkit.inventory.Demands.same;
import static org.vinestock.testkit.inventory.InventoryTrial.A;
import static org.vinestock.testkit.inventory.InventoryTrial.B;
import static org.vinestock.testkit.inventory.InventoryTrial.VM_1;
import static org.vinestock.testkit.inventory.InventoryTrial.guest;

import java.util.List;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.HostId;
import org.vinestock.testkit.inventory.TriedRows.Machine;

/** Checks of the columns of hosts. */
final class HostChecks {
    private HostChecks() {}

    private static Change host(HostId id) {
        return InventoryTrial.host(id);
    }

    private static void isHost(InventoryTrial trial, HostId id, String expected) {
        same(expected, InventoryTrial.host(trial.inventory.head(), id), "host " + id);
    }

    private static void isFree(InventoryTrial trial, String a, String b) {
        isHost(trial, A, "accepts 8000/64, free " + a);
        isHost(trial, B, "accepts 8000/64, free " + b);
    }

    static void onTheMove(InventoryTrial trial) {
        trial.commit(host(A), host(B));
        trial.commit(guest(TriedRows.VM, A, 1000, 8), guest(TriedRows.VM_SEEN, A, 1000, 8));
        isFree(trial, "7000/56", "8000/64");
        trial.commit(guest(TriedRows.VM, B, 1000, 8));
        isFree(trial, "7000/56", "7000/56");
        trial.commit(guest(TriedRows.VM_SEEN, B, 1000, 8));
        isFree(trial, "8000/64", "7000/56");
        trial.commit(guest(TriedRows.VM, A, 1000, 8), guest(TriedRows.VM_SEEN, A, 1000, 8));
        isFree(trial, "7000/56", "8000/64");
        trial.commit(new Change.Removed(TriedRows.VM, VM_1));
        isFree(trial, "7000/56", "8000/64");
        trial.commit(guest(TriedRows.VM_SEEN, null, 1000, 8));
        isFree(trial, "8000/64", "8000/64");
    }

    static void largestOnce(InventoryTrial trial) {
        trial.commit(host(A), host(B));
        trial.commit(guest(TriedRows.VM, A, 1000, 1));
        trial.commit(guest(TriedRows.VM_SEEN, A, 1, 10));
        isFree(trial, "7000/54", "8000/64");
        trial.commit(guest(TriedRows.VM, A, 0, 0));
        isFree(trial, "7999/54", "8000/64");
        trial.commit(guest(TriedRows.VM_SEEN, A, 0, 0), guest(TriedRows.VM, B, 9000, 65));
        isFree(trial, "8000/64", "-1000/-1");
    }

    static void sums(InventoryTrial trial) {
        trial.commit(host(A));
        trial.commit(seen(true));
        isHost(trial, A, "accepts 8500/68, free 8500/68");
        trial.commit(seen(false));
        isHost(trial, A, "closed 8500/68, free 8500/68");
        trial.commit(new Change.Removed(TriedRows.HOST, A));
        isHost(trial, A, "closed 500/4, free 500/4");
        trial.commit(seen(true));
        isHost(trial, A, "accepts 500/4, free 500/4");
    }

    private static Change seen(boolean accepts) {
        return new Change.Put<>(TriedRows.HOST_SEEN, A, new Machine(A, accepts, 500, 4));
    }

    static void rowForEver(InventoryTrial trial) {
        int count = 200;
        Snapshot early = trial.inventory.head();
        for (int i = 0; i < count; i++) {
            trial.commit(host(new HostId("h" + i)));
            same(-1, early.hosts().row(new HostId("h" + i)), "a host that came after a snapshot, in that snapshot");
        }
        Hosts before = trial.inventory.head().hosts();
        HostId gone = new HostId("h7");
        trial.commit(new Change.Removed(TriedRows.HOST, gone));
        trial.commit(host(new HostId("new")));
        Hosts after = trial.inventory.head().hosts();
        same(count + 1, after.end(), "the end of the rows");
        for (int i = 0; i < count; i++) {
            HostId id = new HostId("h" + i);
            same(before.row(id), after.row(id), "the row of " + id);
            same(id, after.id(before.row(id)), "the host of its row");
            same(i != 7, after.accepts(after.row(id)), "whether " + id + " accepts");
        }
        isHost(trial, gone, "closed 0/0, free 0/0");
        trial.commit(host(gone));
        same(before.row(gone), trial.inventory.head().hosts().row(gone), "the row of a host that came again");
    }

    static void loads(InventoryTrial trial) {
        trial.commit(host(A), host(B));
        HostId alien = new HostId("alien");
        same(1L, trial.inventory.measure(List.of(new HostLoad(A, 0.25), new HostLoad(B, 1))), "the first sample");
        Snapshot first = trial.inventory.head();
        same(2L, trial.inventory.measure(List.of(new HostLoad(B, 0), new HostLoad(alien, 1))), "the next");
        same("0.25 1.0", shares(first), "the loads of the first sample");
        same("0.25 0.0", shares(trial.inventory.head()), "the loads of the next");
        same(2L, trial.inventory.committed().ref().sample(), "the sample that everyone sees");
        same(1L, trial.revision(), "the revision, which samples do not change");
        trial.commit(host(alien));
        same("0.25 0.0", shares(trial.inventory.head()), "the loads after a change");
    }

    private static String shares(Snapshot snapshot) {
        Hosts hosts = snapshot.hosts();
        return hosts.load(hosts.row(A)) + " " + hosts.load(hosts.row(B));
    }
}

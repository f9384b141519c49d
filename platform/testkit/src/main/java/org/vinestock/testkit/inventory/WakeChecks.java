package org.vinestock.testkit.inventory;

import static org.vinestock.testkit.inventory.Demands.same;
import static org.vinestock.testkit.inventory.Demands.that;
import static org.vinestock.testkit.inventory.InventoryTrial.A;
import static org.vinestock.testkit.inventory.InventoryTrial.note;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.vinestock.inventory.HostLoad;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/** Checks of who is woken when. */
final class WakeChecks {
    private final InventoryTrial trial;
    private final List<Long> seen = Collections.synchronizedList(new ArrayList<>());

    private WakeChecks(InventoryTrial trial) {
        this.trial = trial;
    }

    /** Notes what is committed at each wake. */
    private Cancellable watch() {
        Lane lane = trial.tried.scheduler().lane("watcher");
        return trial.inventory.onChange(
                lane, () -> seen.add(trial.inventory.committed().ref().revision()));
    }

    private long last() {
        return seen.isEmpty() ? -1 : seen.get(seen.size() - 1);
    }

    static void wakes(InventoryTrial trial) {
        WakeChecks first = new WakeChecks(trial);
        WakeChecks second = new WakeChecks(trial);
        first.watch();
        second.watch();
        trial.tried.settle();
        same(0, first.seen.size(), "wakes before any change");
        for (long revision = 1; revision <= 3; revision++) {
            trial.commit(note("n", "x" + revision));
            trial.tried.settle();
            same(revision, first.last(), "what the first saw when it was woken");
            same(revision, second.last(), "what the second saw when it was woken");
        }
        int wakes = first.seen.size();
        trial.commit();
        trial.refused("an outdated change", 1, note("n", "outdated"));
        trial.inventory.measure(List.of(new HostLoad(A, 1)));
        trial.tried.settle();
        same(wakes, first.seen.size(), "wakes after nothing changed");
    }

    static void lastWake(InventoryTrial trial) {
        WakeChecks watcher = new WakeChecks(trial);
        watcher.watch();
        int changes = 500;
        for (int i = 0; i < changes; i++) {
            trial.begin(trial.revision(), note("n", "x" + i));
        }
        trial.tried.settle();
        same((long) changes, watcher.last(), "what was seen at the last wake");
        that(watcher.seen.size() <= changes, watcher.seen.size() + " wakes for " + changes + " changes");
    }

    static void cancelled(InventoryTrial trial) {
        WakeChecks leaves = new WakeChecks(trial);
        WakeChecks stays = new WakeChecks(trial);
        Cancellable registration = leaves.watch();
        stays.watch();
        registration.cancel();
        registration.cancel();
        trial.commit(note("n", "x"));
        trial.tried.settle();
        same(0, leaves.seen.size(), "wakes after the cancel");
        same(1L, stays.last(), "what the one that stayed saw");
    }
}

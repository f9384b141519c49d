package org.vinestock.kernel.decide;

import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Inventory;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.time.Lane;

/** Finds the states that decisions were made on. Loads are kept for a shorter time than revisions: then without them. */
final class FormerStates {
    private final Inventory inventory;
    private final Lane lane;

    FormerStates(Inventory inventory, Lane lane) {
        this.inventory = inventory;
        this.lane = lane;
    }

    /** The state; its reference says sample 0 if the loads are no longer known. */
    CompletionStage<Snapshot> at(SnapshotRef ref) {
        return inventory
                .at(ref)
                .exceptionallyComposeAsync(unknown -> inventory.at(new SnapshotRef(ref.revision(), 0)), lane);
    }
}

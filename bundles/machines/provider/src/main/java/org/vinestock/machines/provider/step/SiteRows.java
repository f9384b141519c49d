package org.vinestock.machines.provider.step;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Inventory;
import org.vinestock.machines.MachineError;
import org.vinestock.model.VinestockException;
import org.vinestock.time.Lane;

/** Writes desired rows; whoever does holds the claim on the object. */
final class SiteRows {
    private final Inventory inventory;
    private final Lane lane;

    SiteRows(Inventory inventory, Lane lane) {
        this.inventory = inventory;
        this.lane = lane;
    }

    /** Commits changes on the newest state; fails with {@code CHANGED_MEANWHILE} if someone else was quicker. */
    CompletionStage<Long> commit(Change... changes) {
        long basis = inventory.head().ref().revision();
        return inventory
                .commit(new ChangeSet(basis, List.of(changes)))
                .thenApplyAsync(
                        commit -> {
                            if (commit instanceof Commit.Done done) {
                                return done.revision();
                            }
                            throw new VinestockException(
                                    MachineError.CHANGED_MEANWHILE,
                                    changes[0].id().kind() + " "
                                            + changes[0].id().value() + " was changed meanwhile: "
                                            + ((Commit.Refused) commit).violations() + "; try again");
                        },
                        lane);
    }
}

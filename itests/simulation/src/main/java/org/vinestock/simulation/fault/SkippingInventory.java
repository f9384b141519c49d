package org.vinestock.simulation.fault;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Inventory;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.simulation.StandInInventory;

/** An inventory that now and then counts twice. */
final class SkippingInventory extends StandInInventory {
    private record Nothing(HostId id) {}

    private static final Kind<Nothing> NOTHING = new Kind<>("nothing", Nothing.class);
    private static final HostId ID = new HostId("nothing");
    private static final long EVERY = 20;

    SkippingInventory(Inventory inventory) {
        super(inventory);
    }

    @Override
    public CompletionStage<Commit> commit(ChangeSet changes) {
        CompletionStage<Commit> stage = super.commit(changes);
        long revision = head().ref().revision();
        if (revision % EVERY == EVERY - 1) {
            super.commit(new ChangeSet(revision, List.of(new Change.Put<>(NOTHING, ID, new Nothing(ID)))));
        }
        return stage;
    }
}

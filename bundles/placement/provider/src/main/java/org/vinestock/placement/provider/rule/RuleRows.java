package org.vinestock.placement.provider.rule;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Inventory;
import org.vinestock.model.VinestockException;
import org.vinestock.placement.PlacementError;
import org.vinestock.placement.rule.PlacementRule;
import org.vinestock.time.Lane;

/** Writes rules to the inventory; whoever writes one holds the claim on it. */
final class RuleRows {
    private final Inventory inventory;
    private final Lane lane;

    RuleRows(Inventory inventory, Lane lane) {
        this.inventory = inventory;
        this.lane = lane;
    }

    CompletionStage<?> put(PlacementRule rule) {
        return commit(new Change.Put<>(PlacementRule.KIND, rule.id(), rule));
    }

    CompletionStage<?> remove(PlacementRule rule) {
        return commit(new Change.Removed(PlacementRule.KIND, rule.id()));
    }

    private CompletionStage<?> commit(Change change) {
        long basis = inventory.head().ref().revision();
        return inventory
                .commit(new ChangeSet(basis, List.of(change)))
                .thenApplyAsync(
                        commit -> {
                            if (commit instanceof Commit.Refused refused) {
                                throw new VinestockException(
                                        PlacementError.RULE_CHANGED,
                                        "rule " + change.id().value() + " was changed meanwhile: "
                                                + refused.violations() + "; ask again");
                            }
                            return commit;
                        },
                        lane);
    }
}

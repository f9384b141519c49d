package org.vinestock.simulation.fault;

import org.vinestock.inventory.Inventory;
import org.vinestock.simulation.StandInInventory;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/** An inventory that after some wakes wakes nobody any more. */
final class SilentInventory extends StandInInventory {
    private static final int WAKES = 40;

    SilentInventory(Inventory inventory) {
        super(inventory);
    }

    @Override
    public Cancellable onChange(Lane lane, Runnable wake) {
        int[] wakes = new int[1];
        return super.onChange(lane, () -> {
            if (++wakes[0] < WAKES) {
                wake.run();
            }
        });
    }
}

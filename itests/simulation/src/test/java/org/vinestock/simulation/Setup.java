package org.vinestock.simulation;

import java.util.List;
import java.util.function.UnaryOperator;
import org.vinestock.area.Area;
import org.vinestock.inventory.Inventory;
import org.vinestock.machines.Hypervisors;
import org.vinestock.machines.provider.MachinesArea;
import org.vinestock.placement.provider.PlacementArea;

/**
 * What a site is built with; each part can be replaced by a faulty one.
 *
 * @param hosts what stands between the observers and the lab's hosts
 * @param more areas beside those of the product
 */
record Setup(
        Area placement,
        Area machines,
        UnaryOperator<Hypervisors> hosts,
        UnaryOperator<Inventory> inventory,
        List<Area> more) {
    static final Setup SOUND = new Setup(
            new PlacementArea(), new MachinesArea(), UnaryOperator.identity(), UnaryOperator.identity(), List.of());

    Setup careless(CarelessPlacement careless) {
        return new Setup(careless, careless.machines(), hosts, inventory, more);
    }

    Setup hosts(UnaryOperator<Hypervisors> faulty) {
        return new Setup(placement, machines, faulty, inventory, more);
    }

    Setup inventory(UnaryOperator<Inventory> faulty) {
        return new Setup(placement, machines, hosts, faulty, more);
    }

    Setup more(Area area) {
        return new Setup(placement, machines, hosts, inventory, List.of(area));
    }
}

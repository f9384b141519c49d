package org.vinestock.simulation;

import java.util.List;
import java.util.function.UnaryOperator;
import org.vinestock.area.Area;
import org.vinestock.inventory.Inventory;
import org.vinestock.journal.Journal;
import org.vinestock.machines.Hypervisors;
import org.vinestock.machines.provider.MachinesArea;
import org.vinestock.placement.provider.PlacementArea;

/**
 * What a site is built with; each part can be replaced by a faulty one.
 *
 * @param hosts what stands before the hosts
 * @param inventory what stands before the inventory
 * @param journal what stands before the journal
 * @param lostWrites how many of the last writes the disk loses when the control plane dies
 * @param more areas beside those of the product
 */
public record Setup(
        Area placement,
        Area machines,
        UnaryOperator<Hypervisors> hosts,
        UnaryOperator<Inventory> inventory,
        UnaryOperator<Journal> journal,
        int lostWrites,
        List<Area> more) {
    /** As the product is. */
    public static final Setup SOUND = new Setup(
            new PlacementArea(),
            new MachinesArea(),
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            0,
            List.of());

    /** The same with other areas for placement and machines. */
    public Setup areas(Area otherPlacement, Area otherMachines) {
        return new Setup(otherPlacement, otherMachines, hosts, inventory, journal, lostWrites, more);
    }

    /** The same with faulty hosts. */
    public Setup hosts(UnaryOperator<Hypervisors> faulty) {
        return new Setup(placement, machines, faulty, inventory, journal, lostWrites, more);
    }

    /** The same with a faulty inventory. */
    public Setup inventory(UnaryOperator<Inventory> faulty) {
        return new Setup(placement, machines, hosts, faulty, journal, lostWrites, more);
    }

    /** The same with a faulty journal. */
    public Setup journal(UnaryOperator<Journal> faulty) {
        return new Setup(placement, machines, hosts, inventory, faulty, lostWrites, more);
    }

    /** The same on a disk that loses writes. */
    public Setup lostWrites(int lost) {
        return new Setup(placement, machines, hosts, inventory, journal, lost, more);
    }

    /** The same with one more area. */
    public Setup more(Area area) {
        return new Setup(placement, machines, hosts, inventory, journal, lostWrites, List.of(area));
    }
}

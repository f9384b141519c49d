package org.vinestock.simulation;

import java.util.List;
import java.util.function.UnaryOperator;
import org.vinestock.area.Area;
import org.vinestock.inventory.Inventory;
import org.vinestock.journal.Archives;
import org.vinestock.journal.Journal;
import org.vinestock.machines.Hypervisors;
import org.vinestock.machines.provider.MachinesArea;
import org.vinestock.placement.provider.PlacementArea;

/**
 * What a site is built with; each part can be replaced by a faulty one.
 *
 * @param areas what decides and acts
 * @param hosts what stands before the hosts
 * @param inventory what stands before the inventory
 * @param journal what stands before the journal
 * @param archives what stands before the archives
 * @param lostWrites how many of the last writes the disk loses when the control plane dies
 * @param watchesClock whether the control plane watches its clock
 */
public record Setup(
        Areas areas,
        UnaryOperator<Hypervisors> hosts,
        UnaryOperator<Inventory> inventory,
        UnaryOperator<Journal> journal,
        UnaryOperator<Archives> archives,
        int lostWrites,
        boolean watchesClock) {
    /**
     * The areas of a site.
     *
     * @param more beside those of the product
     */
    public record Areas(Area placement, Area machines, List<Area> more) {}

    /** As the product is. */
    public static final Setup SOUND = new Setup(
            new Areas(new PlacementArea(), new MachinesArea(), List.of()),
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            0,
            true);

    /** The same with other areas for placement and machines. */
    public Setup areas(Area otherPlacement, Area otherMachines) {
        return areas(new Areas(otherPlacement, otherMachines, areas.more()));
    }

    /** The same with another area for machines. */
    public Setup machines(Area other) {
        return areas(areas.placement(), other);
    }

    /** The same with one more area. */
    public Setup more(Area area) {
        return areas(new Areas(areas.placement(), areas.machines(), List.of(area)));
    }

    private Setup areas(Areas others) {
        return new Setup(others, hosts, inventory, journal, archives, lostWrites, watchesClock);
    }

    /** The same with faulty hosts. */
    public Setup hosts(UnaryOperator<Hypervisors> faulty) {
        return new Setup(areas, faulty, inventory, journal, archives, lostWrites, watchesClock);
    }

    /** The same with a faulty inventory. */
    public Setup inventory(UnaryOperator<Inventory> faulty) {
        return new Setup(areas, hosts, faulty, journal, archives, lostWrites, watchesClock);
    }

    /** The same with a faulty journal. */
    public Setup journal(UnaryOperator<Journal> faulty) {
        return new Setup(areas, hosts, inventory, faulty, archives, lostWrites, watchesClock);
    }

    /** The same with faulty archives. */
    public Setup archives(UnaryOperator<Archives> faulty) {
        return new Setup(areas, hosts, inventory, journal, faulty, lostWrites, watchesClock);
    }

    /** The same on a disk that loses writes. */
    public Setup lostWrites(int lost) {
        return new Setup(areas, hosts, inventory, journal, archives, lost, watchesClock);
    }

    /** The same with a control plane that does not watch its clock. */
    public Setup withoutWatch() {
        return new Setup(areas, hosts, inventory, journal, archives, lostWrites, false);
    }
}

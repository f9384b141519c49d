package org.vinestock.testkit.inventory;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.vinestock.decision.Check;

/** What every inventory promises; see {@link org.vinestock.inventory.Inventory}. */
public final class InventoryContract {
    private record Promise(String name, Consumer<InventoryTrial> trial) implements Check<TriedInventory> {
        @Override
        public void run(Supplier<TriedInventory> fresh, RandomGenerator random) {
            try {
                trial.accept(new InventoryTrial(fresh.get(), random));
            } catch (RuntimeException e) {
                throw new AssertionError(name + ": " + e, e);
            }
        }
    }

    private InventoryContract() {}

    /** Returns the checks; each wants an empty inventory. */
    public static List<Check<TriedInventory>> checks() {
        return List.of(
                new Promise("is empty at revision 0", RevisionChecks::empty),
                new Promise("numbers change sets without gaps", RevisionChecks::gapFree),
                new Promise("shows a change at the head before commit returns", RevisionChecks::headAtOnce),
                new Promise("shows everyone what is durable, in order", RevisionChecks::committed),
                new Promise("makes no revision of a change set that changes nothing", RevisionChecks::nothing),
                new Promise("refuses a basis before the last change of one of its rows", RevisionChecks::basisRefused),
                new Promise("accepts an old basis for rows that did not change", RevisionChecks::basisAccepted),
                new Promise("changes all rows of a change set or none", RevisionChecks::allOrNone),
                new Promise("throws for mistakes and changes nothing", RevisionChecks::mistakes),
                new Promise("tells what changed since a revision", RevisionChecks::changesSince),
                new Promise("returns former states as they were", RevisionChecks::at),
                new Promise("wakes who waits when others see the change, and only then", WakeChecks::wakes),
                new Promise("never misses the last of many changes", WakeChecks::lastWake),
                new Promise("wakes nobody after a cancel", WakeChecks::cancelled),
                new Promise("iterates in the order of the ids' values", RowChecks::order),
                new Promise("knows ids by kind and value, whatever their class", RowChecks::ids),
                new Promise("pages after a value", RowChecks::pages),
                new Promise("says at which revision a row was put", RowChecks::changedAt),
                new Promise("derives what building anew would", RowChecks::derives),
                new Promise("counts a VM on the move on both hosts", HostChecks::onTheMove),
                new Promise("takes the largest size once for each host", HostChecks::largestOnce),
                new Promise("offers what the rows of a host offer together, if all accept", HostChecks::sums),
                new Promise("keeps a host's row number for ever", HostChecks::rowForEver),
                new Promise("keeps the last load of a host that is not measured again", HostChecks::loads),
                new Promise("agrees with a naive inventory", NaiveComparison::run));
    }
}

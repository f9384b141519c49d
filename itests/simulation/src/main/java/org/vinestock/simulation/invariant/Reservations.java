package org.vinestock.simulation.invariant;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Decision;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.ledger.LedgerRow;
import org.vinestock.machines.site.SiteKinds;
import org.vinestock.machines.site.Vm;
import org.vinestock.model.HostId;
import org.vinestock.testkit.simulation.Simulation;

/** The ledger is complete: each reservation has its row, with the revision that holds it, and each row its number. */
final class Reservations {
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Map<Long, Long> open = new TreeMap<>();
    private final TreeSet<Long> checked = new TreeSet<>();
    /** The host that each VM had before the one that it has. */
    private final Map<String, HostId> left = new TreeMap<>();

    private final TreeSet<Long> numbers = new TreeSet<>();

    /** Changes that were checked against a whole state became a revision; those that give a VM a place need a decision. */
    void made(long revision, ChangeSet changes, Snapshot before, long now) {
        checked.add(revision);
        for (Change change : changes.changes()) {
            if (change instanceof Change.Put<?> put && put.value() instanceof Vm vm) {
                @Nullable HostId host = vm.host();
                @Nullable
                HostId was =
                        before.rows(SiteKinds.VM).find(vm.id()).map(Vm::host).orElse(null);
                boolean goesBack = host != null && host.equals(left.get(vm.id().value()));
                if (was != null) {
                    left.put(vm.id().value(), was);
                }
                if (host != null && !goesBack) {
                    open.put(revision, now);
                }
            }
        }
    }

    /** The process died: what it had not recorded yet, it never will. */
    void begin() {
        open.clear();
        checked.clear();
    }

    void check(Simulation simulation) {
        for (LedgerRow<?, ?, ?> row : simulation.newRows()) {
            if (!numbers.add(row.id().number())) {
                throw Broken.because("ledger", row.id() + " is there twice");
            }
            open.remove(row.reservedAt());
            if (row.reservedAt() != Decision.NOTHING_RESERVED && !checked.contains(row.reservedAt())) {
                throw Broken.because(
                        "ledger", row.id() + " says that revision " + row.reservedAt() + " holds what it reserved");
            }
        }
        for (Map.Entry<Long, Long> each : open.entrySet()) {
            if (simulation.scheduler().nanoTime() - each.getValue() > SOON.toNanos()) {
                throw Broken.because(
                        "ledger",
                        "revision " + each.getKey() + " reserved something at " + each.getValue()
                                + ", and no decision says so");
            }
            break; // the oldest
        }
    }
}

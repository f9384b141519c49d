package org.vinestock.testkit.simulation;

import java.util.List;
import java.util.Optional;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.kernel.ledger.Ledger;
import org.vinestock.kernel.ledger.LedgerRow;

/** Writes down what happens, so that two runs can be compared. */
final class Trace {
    private static final int END = 2000;

    private final Simulation simulation;
    private final StringBuilder text = new StringBuilder();
    private SnapshotRef seen;

    Trace(Simulation simulation) {
        this.simulation = simulation;
        seen = simulation.head().ref();
    }

    /** Looks what the last event did. */
    void event(List<LedgerRow<?, ?, ?>> rows) {
        Snapshot head = simulation.head();
        SnapshotRef ref = head.ref();
        if (!ref.equals(seen)) {
            changes(head, ref);
            seen = ref;
        }
        for (LedgerRow<?, ?, ?> row : rows) {
            line(Ledger.line(row).toString());
        }
    }

    /** Notes something that is no change. */
    void note(String what) {
        line(what);
    }

    /** Notes that another process begins, whose state may be older than what was seen last. */
    void begin(String what) {
        seen = simulation.head().ref();
        line(what + " at " + seen);
    }

    private void changes(Snapshot head, SnapshotRef ref) {
        if (ref.revision() != seen.revision()) {
            Optional<List<Change>> changes = head.changesSince(seen.revision());
            line("revision " + ref.revision() + ": " + (changes.isPresent() ? changes.get() : "unknown"));
        }
        if (ref.sample() != seen.sample()) {
            line("sample " + ref.sample() + ":" + loads(head.hosts()));
        }
    }

    private static String loads(Hosts hosts) {
        StringBuilder loads = new StringBuilder();
        for (int row = 0; row < hosts.end(); row++) {
            loads.append(' ').append(hosts.load(row));
        }
        return loads.toString();
    }

    private void line(String what) {
        text.append(simulation.scheduler().instant()).append(' ').append(what).append('\n');
    }

    String text() {
        return text + "event " + simulation.events() + " at "
                + simulation.scheduler().instant() + ", "
                + simulation.head() + '\n';
    }

    /** What happened last, for a failure's message. */
    String end() {
        return "\n  ..." + text.substring(Math.max(0, text.length() - END)).indent(2);
    }
}

package org.vinestock.testkit.simulation;

import java.util.List;
import java.util.Optional;
import org.vinestock.decision.DecisionLine;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;

/** Writes down what happens, so that two runs can be compared. */
final class Trace {
    private static final int END = 2000;
    private static final int BATCH = 1000;

    private final Simulation simulation;
    private final StringBuilder text = new StringBuilder();
    private SnapshotRef seen;
    private long decisions;

    Trace(Simulation simulation) {
        this.simulation = simulation;
        seen = simulation.head().ref();
    }

    /** Looks what the last event did. */
    void event() {
        Snapshot head = simulation.head();
        SnapshotRef ref = head.ref();
        if (!ref.equals(seen)) {
            changes(head, ref);
            seen = ref;
        }
        if (simulation.decisions().feed().newest() != decisions) {
            decisions();
        }
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

    private void decisions() {
        for (DecisionLine line : simulation.decisions().feed().after(decisions, BATCH)) {
            line(line.toString());
        }
        decisions = simulation.decisions().feed().newest();
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

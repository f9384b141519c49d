package org.vinestock.simulation.invariant;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vinestock.journal.Line;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.ledger.LedgerRow;
import org.vinestock.kernel.ledger.StoredDecision;
import org.vinestock.testkit.simulation.Simulation;

/**
 * The ledger outlives the process: a decision of which anybody could know for a quarter of a second is on the disk as it was
 * made, and in the end with what became of it. Nothing is there that nobody decided.
 */
final class Archived {
    private static final JsonCodec CODEC = new JsonCodec();
    private static final long PROMISED = Duration.ofMillis(250).toNanos();
    private static final String ROWS = "decision";
    private static final String JOINED = "decision.joined";

    private final Map<Long, Known> known = new LinkedHashMap<>();
    private long diedAt;
    private int bornWith;

    private record Known(LedgerRow<?, ?, ?> row, long since) {}

    void check(Simulation simulation) {
        for (LedgerRow<?, ?, ?> row : simulation.newRows()) {
            known.put(row.id().number(), new Known(row, simulation.scheduler().nanoTime()));
        }
    }

    void death(Simulation simulation) {
        diedAt = simulation.scheduler().nanoTime();
    }

    /** What the process that died had not written, it never will. */
    void begin(Simulation simulation) {
        Map<Long, StoredDecision> stored = stored(simulation);
        known.values().removeIf(each -> diedAt - each.since() < PROMISED && stored.get(number(each)) == null);
        compare(stored);
        bornWith = known.size();
    }

    private static long number(Known known) {
        return known.row().id().number();
    }

    /** All has come to rest. */
    void settled(Simulation simulation) {
        compare(stored(simulation));
        TreeSet<Long> told = new TreeSet<>();
        for (Line line : simulation.archive(JOINED)) {
            if (line.text().contains("\"outcome\":{")) {
                told.add(line.number());
            }
        }
        for (Line line : simulation.archive(ROWS)) {
            if (line.text().contains("\"outcome\":{")) {
                told.add(line.number());
            }
        }
        known.values().stream().skip(bornWith).forEach(each -> {
            if (each.row().outcome() != null && !told.contains(number(each))) {
                throw Broken.because("archive", each.row().id() + " was kept without what became of it");
            }
        });
    }

    private static Map<Long, StoredDecision> stored(Simulation simulation) {
        Map<Long, StoredDecision> stored = new TreeMap<>();
        for (Line line : simulation.archive(ROWS)) {
            if (stored.put(line.number(), CODEC.read(line.text(), StoredDecision.class)) != null) {
                throw Broken.because("archive", "decision " + line.number() + " is there twice");
            }
        }
        return stored;
    }

    private void compare(Map<Long, StoredDecision> stored) {
        for (Known each : known.values()) {
            LedgerRow<?, ?, ?> row = each.row();
            @Nullable StoredDecision kept = stored.get(number(each));
            boolean same = kept != null
                    && kept.by().equals(row.by())
                    && kept.subject().value().equals(row.subject().value())
                    && kept.revision() == row.state().revision()
                    && kept.reservedAt() == row.reservedAt();
            if (!same) {
                throw Broken.because("archive", row.id() + " of " + row.by() + " is kept as " + kept);
            }
        }
        for (long number : stored.keySet()) {
            if (!known.containsKey(number)) {
                throw Broken.because("archive", "decision " + number + " is kept, which nobody knows");
            }
        }
    }
}

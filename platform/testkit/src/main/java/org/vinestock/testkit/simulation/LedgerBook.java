package org.vinestock.testkit.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionId;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.ledger.Ledger;
import org.vinestock.kernel.ledger.LedgerRow;
import org.vinestock.kernel.ledger.ShadowAnswer;
import org.vinestock.model.ObjectId;

/** Keeps all rows of a simulation's ledgers, one after the other, also those that a ledger let go. */
final class LedgerBook {
    private static final int PAGE = 1000;
    private static final JsonCodec CODEC = new JsonCodec();

    private final List<LedgerRow<?, ?, ?>> rows = new ArrayList<>();
    private long seen;

    /** A row as the dump has it, a line of JSON each. */
    private record Entry(
            DecisionId id,
            String point,
            ObjectId subject,
            Record question,
            StrategyRef by,
            SnapshotRef state,
            Instant askedAt,
            Duration took,
            @Nullable Record answer,
            @Nullable String fallbackBecause,
            long reservedAt,
            @Nullable String failure,
            List<Shadowed> shadows,
            @Nullable Record outcome) {}

    private record Shadowed(
            StrategyRef by,
            @Nullable Object choice,
            @Nullable String failure,
            boolean agrees,
            Duration took) {}

    /** Takes in what a ledger has of late; returns the new rows. */
    List<LedgerRow<?, ?, ?>> read(Ledger ledger) {
        if (ledger.newest() == seen) {
            return List.of();
        }
        int before = rows.size();
        List<LedgerRow<?, ?, ?>> page;
        do {
            page = ledger.rowsAfter(seen, PAGE);
            rows.addAll(page);
            seen = page.isEmpty() ? seen : page.get(page.size() - 1).id().number();
        } while (page.size() == PAGE);
        return rows.subList(before, rows.size());
    }

    /** A new process has a ledger of its own. */
    void next() {
        seen = 0;
    }

    /** All rows as they are now. */
    String dump() {
        StringBuilder lines = new StringBuilder();
        for (LedgerRow<?, ?, ?> row : rows) {
            lines.append(CODEC.write(entry(row))).append('\n');
        }
        return lines.toString();
    }

    private static Entry entry(LedgerRow<?, ?, ?> row) {
        List<Shadowed> shadows = new ArrayList<>();
        for (ShadowAnswer<?> shadow : row.shadows()) {
            shadows.add(new Shadowed(shadow.by(), shadow.choice(), shadow.failure(), shadow.agrees(), shadow.took()));
        }
        return new Entry(
                row.id(),
                row.point().name(),
                row.subject(),
                row.question(),
                row.by(),
                row.state(),
                row.askedAt(),
                row.took(),
                row.answer(),
                row.fallbackBecause(),
                row.reservedAt(),
                row.failure(),
                shadows,
                row.outcome());
    }
}

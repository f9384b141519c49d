package org.vinestock.kernel.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Answer;
import org.vinestock.decision.DecisionId;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Outcome;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.ledger.Ledger;
import org.vinestock.kernel.ledger.LedgerArchive;
import org.vinestock.kernel.ledger.LedgerArchive.Asked;
import org.vinestock.kernel.ledger.LedgerRow;
import org.vinestock.kernel.ledger.StoredQuestion;
import org.vinestock.kernel.ledger.StoredRows;
import org.vinestock.model.ObjectId;

/**
 * The last decisions of a point, oldest first, page by page: from the archive, or from memory if there is none. Decisions
 * without an answer, and those that the area cannot read any more, are passed over and counted. One caller at a time.
 */
final class RecordedDecisions<Q extends Record, A, O extends Record> {
    private static final int PAGE = 1_000;

    private final DecisionPoint<Q, A, O> point;
    private final Ledger ledger;
    private final @Nullable LedgerArchive archive;
    private final StoredRows rows;
    private final Executor lane;
    private long behind;
    private @Nullable CompletionStage<List<Asked>> ahead;
    private long passedOver;

    /** Begins behind the decision of a number. */
    RecordedDecisions(
            DecisionPoint<Q, A, O> point, Ledger ledger, @Nullable LedgerArchive archive, long behind, Executor lane) {
        this.point = point;
        this.ledger = ledger;
        this.archive = archive;
        this.behind = behind;
        this.lane = lane;
        rows = new StoredRows(new JsonCodec(), name -> Optional.empty());
    }

    /** The number behind which a point's last decisions are. */
    static CompletionStage<Long> behind(
            String point, int last, Ledger ledger, @Nullable LedgerArchive archive, Executor lane) {
        if (archive != null) {
            return archive.behind(point, last);
        }
        List<LedgerRow<?, ?, ?>> held = ledger.rowsAfter(0, Integer.MAX_VALUE).stream()
                .filter(row -> row.point().name().equals(point))
                .toList();
        int first = Math.max(0, held.size() - last);
        return CompletableFuture.completedFuture(
                held.isEmpty() ? 0L : held.get(first).id().number() - 1);
    }

    long passedOver() {
        return passedOver;
    }

    /** The next page; empty = there are no more. */
    CompletionStage<List<Recorded<Q, A, O>>> next() {
        if (archive == null) {
            return CompletableFuture.completedFuture(fromMemory());
        }
        CompletionStage<List<Asked>> read = ahead == null ? archive.asked(behind, PAGE) : ahead;
        return read.thenComposeAsync(
                found -> {
                    behind = found.isEmpty()
                            ? behind
                            : found.get(found.size() - 1).number();
                    ahead = found.isEmpty() ? null : archive.asked(behind, PAGE); // while these are asked
                    List<Recorded<Q, A, O>> page = recorded(found);
                    return page.isEmpty() && !found.isEmpty() ? next() : CompletableFuture.completedFuture(page);
                },
                lane);
    }

    private List<Recorded<Q, A, O>> recorded(List<Asked> found) {
        List<Recorded<Q, A, O>> page = new ArrayList<>();
        for (Asked one : found) {
            if (!one.question().point().equals(point.name())) {
                continue;
            }
            Recorded<Q, A, O> recorded = recorded(one);
            if (recorded == null) {
                passedOver++;
            } else {
                page.add(recorded);
            }
        }
        return page;
    }

    private @Nullable Recorded<Q, A, O> recorded(Asked found) {
        StoredQuestion stored = found.question();
        try {
            A then = rows.choice(point, stored);
            if (then == null) {
                return null;
            }
            Q question = rows.question(point, stored);
            return new Recorded<>(
                    new DecisionId(found.number()),
                    question,
                    then,
                    new SnapshotRef(stored.revision(), stored.sample()),
                    found.at(),
                    stored.siteSeed(),
                    told(found.number(), point.subject(question), rows.outcome(point, stored), stored.endedAt()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static <O extends Record> @Nullable Outcome<O> told(
            long number, ObjectId subject, @Nullable O outcome, @Nullable Instant endedAt) {
        return outcome == null || endedAt == null
                ? null
                : new Outcome<>(new DecisionId(number), subject, endedAt, outcome);
    }

    @SuppressWarnings("unchecked") // a row has the types of its point
    private List<Recorded<Q, A, O>> fromMemory() {
        List<Recorded<Q, A, O>> page = new ArrayList<>();
        for (LedgerRow<?, ?, ?> row : ledger.rowsAfter(behind, PAGE)) {
            behind = row.id().number();
            if (row.point() != point) {
                continue;
            }
            LedgerRow<Q, A, O> typed = (LedgerRow<Q, A, O>) row;
            Answer<A> answer = typed.answer();
            if (answer == null) {
                passedOver++;
                continue;
            }
            page.add(new Recorded<>(
                    typed.id(),
                    typed.question(),
                    answer.choice(),
                    typed.state(),
                    typed.askedAt(),
                    typed.siteSeed(),
                    told(behind, typed.subject(), typed.outcome(), typed.endedAt())));
        }
        return page;
    }
}

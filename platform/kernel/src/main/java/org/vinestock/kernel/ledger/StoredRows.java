package org.vinestock.kernel.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Alternative;
import org.vinestock.decision.Answer;
import org.vinestock.decision.DecisionId;
import org.vinestock.decision.DecisionLine;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.kernel.json.Json;
import org.vinestock.kernel.ledger.LedgerArchive.Found;
import org.vinestock.kernel.ledger.StoredDecision.Choice;
import org.vinestock.kernel.ledger.StoredDecision.Given;
import org.vinestock.kernel.ledger.StoredDecision.Other;
import org.vinestock.kernel.ledger.StoredDecision.Shadowed;
import org.vinestock.view.Codec;
import org.vinestock.view.InWords;

/** Makes rows again of what was kept, as far as their points' areas are installed. Any thread. */
public final class StoredRows {
    private static final int LONGEST = 120;

    private final Codec codec;
    private final Function<String, Optional<DecisionPoint<?, ?, ?>>> points;

    /** {@code points}: finds a point by its name, if its area is there. */
    public StoredRows(Codec codec, Function<String, Optional<DecisionPoint<?, ?, ?>>> points) {
        this.codec = codec;
        this.points = points;
    }

    /** Makes of it what can be known now. */
    public Remembered remembered(Found found) {
        DecisionPoint<?, ?, ?> point = points.apply(found.decision().point()).orElse(null);
        if (point == null) {
            return unread(found, found.decision().point() + ": no provider of its area is installed");
        }
        try {
            return Remembered.of(row(point, found));
        } catch (IllegalArgumentException e) {
            return unread(
                    found, "it was recorded by another version of the area of " + point.name() + ": " + e.getMessage());
        }
    }

    /**
     * The row of a decision at its point.
     *
     * @throws IllegalArgumentException if the point's area cannot read it
     */
    public <Q extends Record, A, O extends Record> LedgerRow<Q, A, O> row(DecisionPoint<Q, A, O> point, Found found) {
        StoredDecision stored = found.decision();
        LedgerRow<Q, A, O> row = new LedgerRow<>(
                new DecisionId(found.number()),
                point,
                question(point, stored.question()),
                stored.by(),
                new SnapshotRef(stored.revision(), stored.sample()),
                found.at(),
                stored.siteSeed(),
                Duration.ofNanos(stored.tookNanos()),
                answer(point, stored.answer()),
                stored.fallbackBecause());
        row.reserved(stored.reservedAt());
        if (stored.failure() != null) {
            row.failed(stored.failure());
        }
        for (Shadowed shadow : stored.shadows()) {
            row.joined(shadow(point, shadow));
        }
        O outcome = outcome(point, stored.outcome());
        if (outcome != null && stored.endedAt() != null) {
            row.ended(outcome, stored.endedAt());
        }
        return row.kept(any -> row);
    }

    private <A> @Nullable Answer<A> answer(DecisionPoint<?, A, ?> point, @Nullable Json answer) {
        if (answer == null) {
            return null;
        }
        Given given = codec.read(answer.text(), Given.class);
        List<Alternative<A>> alternatives = new ArrayList<>();
        for (Other other : given.alternatives()) {
            alternatives.add(new Alternative<>(choice(point, other.choice()), other.score()));
        }
        return new Answer<>(choice(point, given.choice()), given.because(), alternatives, given.vetoes());
    }

    /** The choice of a decision alone; null if there was none. */
    public <A> @Nullable A choice(DecisionPoint<?, A, ?> point, StoredQuestion stored) {
        Choice answer = stored.answer();
        return answer == null ? null : choice(point, answer.choice());
    }

    /** The question of a decision alone. */
    public <Q extends Record> Q question(DecisionPoint<Q, ?, ?> point, StoredQuestion stored) {
        return question(point, stored.question());
    }

    private <Q extends Record> Q question(DecisionPoint<Q, ?, ?> point, Json question) {
        return codec.read(question.text(), point.questionType());
    }

    /** What became of a decision alone; null if nobody said. */
    public <O extends Record> @Nullable O outcome(DecisionPoint<?, ?, O> point, StoredQuestion stored) {
        return outcome(point, stored.outcome());
    }

    private <O extends Record> @Nullable O outcome(DecisionPoint<?, ?, O> point, @Nullable Json outcome) {
        return outcome == null ? null : codec.read(outcome.text(), point.outcomeType());
    }

    private <A> A choice(DecisionPoint<?, A, ?> point, Json choice) {
        return codec.read(choice.text(), point.answerType());
    }

    private <A> ShadowAnswer<A> shadow(DecisionPoint<?, A, ?> point, Shadowed shadow) {
        Json choice = shadow.choice();
        return new ShadowAnswer<>(
                shadow.by(),
                choice == null ? null : choice(point, choice),
                shadow.because(),
                shadow.failure(),
                shadow.violations(),
                shadow.agrees(),
                shadow.took());
    }

    private Remembered unread(Found found, String because) {
        StoredDecision stored = found.decision();
        Json answer = stored.answer();
        Given given = answer == null ? null : codec.read(answer.text(), Given.class);
        DecisionLine line = new DecisionLine(
                new DecisionId(found.number()),
                found.at(),
                stored.point(),
                stored.subject().value(),
                stored.failure() != null || given == null ? String.valueOf(stored.failure()) : shown(given.choice()),
                stored.by(),
                Duration.ofNanos(stored.tookNanos()),
                given == null ? "" : given.because(),
                stored.fallbackBecause());
        Json outcome = stored.outcome();
        return new Remembered(line, outcome == null ? "" : shown(outcome), null, because);
    }

    private static String shown(Json json) {
        return InWords.of(
                json.text().length() <= LONGEST ? json.text() : json.text().substring(0, LONGEST) + "...");
    }
}

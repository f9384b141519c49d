package org.vinestock.kernel.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Decision;
import org.vinestock.decision.DecisionId;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.model.ObjectId;

/**
 * One decision: what was asked, what was answered, by whom, on which state, and what came of it.
 *
 * <p>What was decided never changes. Shadows and the outcome join later, on the ledger's lane; any thread may read.
 */
public final class LedgerRow<Q extends Record, A, O extends Record> {
    private final DecisionId id;
    private final DecisionPoint<Q, A, O> point;
    private final Q question;
    private final ObjectId subject;
    private final StrategyRef by;
    private final SnapshotRef state;
    private final Instant askedAt;
    private final long siteSeed;
    private final Duration took;
    private final @Nullable Answer<A> answer;
    private final @Nullable String fallbackBecause;
    private volatile Runnable ifBad = () -> {};
    private volatile long reservedAt = Decision.NOTHING_RESERVED;
    private volatile @Nullable String failure;
    private volatile List<ShadowAnswer<A>> shadows = List.of();
    private volatile @Nullable O outcome;
    private volatile @Nullable Instant endedAt;
    /** Whether it was kept in the archive already; guarded by this. */
    private boolean kept;

    /**
     * Makes a row.
     *
     * @param siteSeed from which the question's seed was made
     * @param answer null if there was none; then {@link #failed} says why
     */
    public LedgerRow(
            DecisionId id,
            DecisionPoint<Q, A, O> point,
            Q question,
            StrategyRef by,
            SnapshotRef state,
            Instant askedAt,
            long siteSeed,
            Duration took,
            @Nullable Answer<A> answer,
            @Nullable String fallbackBecause) {
        this.id = id;
        this.point = point;
        this.question = question;
        this.subject = point.subject(question);
        this.by = by;
        this.state = state;
        this.askedAt = askedAt;
        this.siteSeed = siteSeed;
        this.took = took;
        this.answer = answer;
        this.fallbackBecause = fallbackBecause;
    }

    /** Its number. */
    public DecisionId id() {
        return id;
    }

    /** Where it was asked. */
    public DecisionPoint<Q, A, O> point() {
        return point;
    }

    /** What was asked. */
    public Q question() {
        return question;
    }

    /** What it was about. */
    public ObjectId subject() {
        return subject;
    }

    /** Who answered. */
    public StrategyRef by() {
        return by;
    }

    /** What it was decided on. */
    public SnapshotRef state() {
        return state;
    }

    /** When. */
    public Instant askedAt() {
        return askedAt;
    }

    /** From which the question's seed was made. */
    public long siteSeed() {
        return siteSeed;
    }

    /** From asking to the answer. */
    public Duration took() {
        return took;
    }

    /** The answer; null if there was none. */
    public @Nullable Answer<A> answer() {
        return answer;
    }

    /** Why another one than the active strategy answered; null if none did. */
    public @Nullable String fallbackBecause() {
        return fallbackBecause;
    }

    /** The revision that holds what was reserved, or {@link Decision#NOTHING_RESERVED}. */
    public long reservedAt() {
        return reservedAt;
    }

    /** Why nothing came of it; null if something did. */
    public @Nullable String failure() {
        return failure;
    }

    /** What shadows would have answered, so far. */
    public List<ShadowAnswer<A>> shadows() {
        return shadows;
    }

    /** What became of it; null if nobody said. */
    public @Nullable O outcome() {
        return outcome;
    }

    /** When {@link #outcome} was told; null if nobody did. */
    public @Nullable Instant endedAt() {
        return endedAt;
    }

    /** Notes the revision that holds what was reserved. */
    public void reserved(long revision) {
        reservedAt = revision;
    }

    /** Notes what is to be done if it comes to no good. */
    public void ifBad(Runnable counted) {
        ifBad = counted;
    }

    /** It came to no good. */
    public void endedBadly() {
        ifBad.run();
    }

    /** Notes why nothing came of it. */
    public void failed(String because) {
        failure = because;
    }

    /**
     * Makes of it what is kept; what joins later is to be kept by itself.
     *
     * @param write called while nothing joins
     */
    public synchronized <T> T kept(Function<LedgerRow<Q, A, O>, T> write) {
        kept = true;
        return write.apply(this);
    }

    /** Adds what a shadow answered; on the ledger's lane. Returns whether the row was kept without it. */
    public synchronized boolean joined(ShadowAnswer<A> shadow) {
        List<ShadowAnswer<A>> longer = new ArrayList<>(shadows);
        longer.add(shadow);
        shadows = List.copyOf(longer);
        return kept;
    }

    /** Notes what became of it; on the ledger's lane. Returns whether the row was kept without it. */
    public synchronized boolean ended(O value, Instant at) {
        outcome = value;
        endedAt = at;
        return kept;
    }
}

package org.vinestock.kernel.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Answer;
import org.vinestock.decision.DecisionFeed;
import org.vinestock.decision.DecisionLine;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.model.ObjectId;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.view.InWords;

/**
 * Holds the newest decisions in memory, bounded by rows and bytes, and hands each on to be kept; what had to go is counted.
 *
 * <p><b>Calls.</b> {@link #append} from any thread costs some 0.1 us; the rows are written on the lane of {@link
 * Afterwards}, the only writer. Any thread may read, without a lock: a row's place follows from its number, and whoever
 * reads checks that the number there is the one that was looked for.
 */
public final class Ledger implements DecisionFeed {
    /** How many newer decisions may be there before a missing number is taken to be lost. */
    private static final int PATIENCE = 256;

    private final Afterwards afterwards;
    private final @Nullable LedgerArchive archive;
    private final int rows;
    private final long maxBytes;
    private final AtomicReferenceArray<@Nullable LedgerRow<?, ?, ?>> ring;
    private final long[] sizes;
    private final List<Wake> wakes = new CopyOnWriteArrayList<>();
    private final AtomicLong first = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong oldest = new AtomicLong(1);
    private final AtomicLong newest = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    /**
     * Makes an empty one.
     *
     * @param archive where rows are kept beyond the process; null = nowhere
     */
    public Ledger(Afterwards afterwards, @Nullable LedgerArchive archive, int rows, long maxBytes) {
        this.afterwards = afterwards;
        this.archive = archive;
        this.rows = rows;
        this.maxBytes = maxBytes;
        ring = new AtomicReferenceArray<>(rows);
        sizes = new long[rows];
    }

    /** A question got this number; nobody waits for those before the first one, which earlier processes gave. */
    public void given(long number) {
        if (number < first.get()) {
            first.accumulateAndGet(number, Math::min);
        }
    }

    /** Records a decision, soon. */
    public void append(LedgerRow<?, ?, ?> row) {
        afterwards.later(() -> add(row));
    }

    /** Adds what a shadow answered to a row; on the ledger's lane. */
    public <A> void joined(LedgerRow<?, A, ?> row, ShadowAnswer<A> shadow) {
        if (row.joined(shadow) && archive != null) {
            archive.joined(row, shadow);
        }
    }

    /** Adds to a row what became of it; on the ledger's lane. */
    public <O extends Record> void ended(LedgerRow<?, ?, O> row, O outcome, Instant at) {
        if (row.ended(outcome, at) && archive != null) {
            archive.ended(row, outcome, at);
        }
    }

    private void add(LedgerRow<?, ?, ?> row) {
        if (archive != null) {
            archive.keep(row);
        }
        long number = row.id().number();
        if (number < oldest.get()) {
            dropped.incrementAndGet();
            return;
        }
        if (newest.get() == 0) {
            oldest.set(Math.min(number, first.get())); // the first of this process
        }
        while (number - oldest.get() >= rows) {
            forgetOldest();
        }
        int place = place(number);
        sizes[place] = 200 + RoughSize.of(row.question()) + RoughSize.of(row.answer());
        bytes.addAndGet(sizes[place]);
        ring.set(place, row);
        newest.accumulateAndGet(number, Math::max);
        while (bytes.get() > maxBytes && oldest.get() < newest.get()) {
            forgetOldest();
        }
        for (Wake wake : wakes) {
            wake.wake();
        }
    }

    private void forgetOldest() {
        int place = place(oldest.get());
        if (ring.getAndSet(place, null) != null) {
            bytes.addAndGet(-sizes[place]);
            dropped.incrementAndGet();
        }
        oldest.incrementAndGet();
    }

    private int place(long number) {
        return (int) (number % rows);
    }

    /** The decision of a number, if it is still held. */
    public Optional<LedgerRow<?, ?, ?>> find(long number) {
        LedgerRow<?, ?, ?> row = number < 1 ? null : ring.get(place(number));
        return row != null && row.id().number() == number ? Optional.of(row) : Optional.empty();
    }

    /** The newest decision about a subject, named by its value, if one is still held. */
    public Optional<LedgerRow<?, ?, ?>> newestAbout(String subject) {
        for (long number = newest.get(); number >= oldest.get(); number--) {
            Optional<LedgerRow<?, ?, ?>> row = find(number);
            if (row.isPresent() && row.get().subject().value().equals(subject)) {
                return row;
            }
        }
        return Optional.empty();
    }

    /** The newest decision of a point about a subject that has an answer, if one is still held. */
    @SuppressWarnings("unchecked") // a row has the types of its point
    public <Q extends Record, A, O extends Record> Optional<LedgerRow<Q, A, O>> newestAnswer(
            DecisionPoint<Q, A, O> point, ObjectId subject) {
        for (long number = newest.get(); number >= oldest.get(); number--) {
            LedgerRow<?, ?, ?> row = find(number).orElse(null);
            if (row != null
                    && row.point() == point
                    && row.answer() != null
                    && row.subject().value().equals(subject.value())
                    && row.subject().kind().equals(subject.kind())) {
                return Optional.of((LedgerRow<Q, A, O>) row);
            }
        }
        return Optional.empty();
    }

    /** The decisions with a number above {@code after} that are still held, oldest first, at most {@code limit}. */
    public List<LedgerRow<?, ?, ?>> rowsAfter(long after, int limit) {
        List<LedgerRow<?, ?, ?>> found = new ArrayList<>();
        long last = newest.get();
        for (long number = Math.max(after + 1, oldest.get()); number <= last && found.size() < limit; number++) {
            Optional<LedgerRow<?, ?, ?>> row = find(number);
            if (row.isPresent()) {
                found.add(row.get());
            } else if (number >= oldest.get() && last - number < PATIENCE) {
                // It is still being decided; whoever follows the numbers gets it next time.
                break;
            }
        }
        return found;
    }

    @Override
    public List<DecisionLine> after(long after, int limit) {
        List<DecisionLine> lines = new ArrayList<>();
        for (LedgerRow<?, ?, ?> row : rowsAfter(after, limit)) {
            lines.add(line(row));
        }
        return lines;
    }

    /** A decision as people read it. */
    public static DecisionLine line(LedgerRow<?, ?, ?> row) {
        Answer<?> answer = row.answer();
        String failure = row.failure();
        return new DecisionLine(
                row.id(),
                row.askedAt(),
                row.point().name(),
                row.subject().value(),
                failure != null || answer == null ? String.valueOf(failure) : InWords.of(answer.choice()),
                row.by(),
                row.took(),
                answer == null ? "" : answer.because(),
                row.fallbackBecause());
    }

    @Override
    public long newest() {
        return newest.get();
    }

    /** The number of the oldest decision that may still be held. */
    public long oldest() {
        return oldest.get();
    }

    /** The number of the oldest decision that is held; 0 if none is. */
    public long oldestHeld() {
        for (long number = oldest.get(); number <= newest.get(); number++) {
            if (find(number).isPresent()) {
                return number;
            }
        }
        return 0;
    }

    /** How many bytes the rows take, roughly. */
    public long bytes() {
        return bytes.get();
    }

    /** How many decisions are held. */
    public long held() {
        long held = 0;
        for (int place = 0; place < rows; place++) {
            held += ring.get(place) == null ? 0 : 1;
        }
        return held;
    }

    /** How many decisions are no longer held. */
    public long dropped() {
        return dropped.get();
    }

    /** How many were not recorded at all, because too many came at once. */
    public long lost() {
        return afterwards.dropped();
    }

    @Override
    public Cancellable onDecision(Lane lane, Runnable wake) {
        Wake added = new Wake(lane, wake);
        wakes.add(added);
        return () -> wakes.remove(added);
    }

    /** Somebody who follows; a wake that has not been heard yet is not sent again. */
    private static final class Wake {
        private final Lane lane;
        private final Runnable wake;
        private final AtomicBoolean sent = new AtomicBoolean();

        Wake(Lane lane, Runnable wake) {
            this.lane = lane;
            this.wake = wake;
        }

        void wake() {
            if (sent.compareAndSet(false, true)) {
                lane.execute(() -> {
                    sent.set(false);
                    wake.run();
                });
            }
        }
    }
}

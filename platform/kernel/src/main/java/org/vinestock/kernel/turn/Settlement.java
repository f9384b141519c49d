package org.vinestock.kernel.turn;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Budget;
import org.vinestock.decision.Decision;
import org.vinestock.decision.DecisionId;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.canary.Side;
import org.vinestock.kernel.ledger.LedgerRow;
import org.vinestock.kernel.plugin.PluginBoundary;
import org.vinestock.kernel.turn.Contender.Given;
import org.vinestock.kernel.turn.Waiting.Call;
import org.vinestock.model.VinestockException;
import org.vinestock.model.Violation;
import org.vinestock.time.Lane;

/**
 * The second half of a turn: checks an answer, reserves what it needs, records it and lets it leave. Called by whoever
 * holds the point's turn.
 *
 * <p>What is reserved was checked against the very state that it is committed to: if anything was committed since the
 * question, the guardrails look again, and the commit is refused if anything comes between. What it takes of an action
 * budget is spent between the last look and the commit, for the cluster in which the answer acts.
 */
final class Settlement<Q extends Record, A, O extends Record> {
    /** How an answer ended. */
    enum End {
        /** The question has its decision, or its failure. */
        SETTLED,
        /** The state changed under a good answer so that it is none any more. */
        RACED
    }

    private static final int MOST_RACES = 64;

    private final DecisionPoint<Q, A, O> point;
    private final Surroundings site;
    private final StrategyRef fallback;
    /** Where durability is waited for; not the lane that answers, which may be busy. */
    private final Lane durable;

    private final int sampling;
    /** How many questions were taken up; belongs to the holder of the turn. */
    private long taken;

    private volatile Seats<Q, A, O> seats;

    Settlement(DecisionPoint<Q, A, O> point, Surroundings site, Seats<Q, A, O> seats) {
        this.point = point;
        this.site = site;
        this.seats = seats;
        sampling = Math.max(1, point.sampling());
        fallback = new StrategyRef(point.name(), "fallback", "1.0", StrategyRef.BUILT_IN);
        durable = site.scheduler().lane("durable " + point.name());
    }

    void seats(Seats<Q, A, O> changed) {
        seats = changed;
    }

    /** Numbers a question when it is taken up, and stamps what it is answered from; again when it is asked again. */
    QuestionContext takeUp(Call<Q, A> call) {
        if (!call.takenUp) {
            call.takenUp = true;
            call.takenUpAt = site.scheduler().nanoTime();
            taken++;
            if (sampling == 1 || call.changes != null || taken % sampling == 0) {
                number(call);
            }
        }
        // One that is not to be recorded has a seed of its own, too: beside those of the numbers.
        long number = call.id == null ? -taken : call.id.number();
        Budget budget =
                new Budget(DecisionSeed.of(site.seed(), number), site.limits().steps(), point.deadline());
        return new QuestionContext(site.inventory().head(), site.scheduler().instant(), budget);
    }

    /**
     * How long a question has taken since it was taken up. Where time is simulated an answer takes none, so it is charged
     * with a cost that follows from its number.
     */
    Duration took(Call<Q, A> call) {
        DecisionId id = call.id;
        long charged = site.limits().charged().toNanos();
        long cost = id == null || charged == 0
                ? 0
                : charged / 2 + Math.floorMod(DecisionSeed.of(site.seed(), -id.number()), charged);
        return Duration.ofNanos(site.scheduler().nanoTime() - call.takenUpAt + cost);
    }

    private DecisionId number(Call<Q, A> call) {
        DecisionId id = new DecisionId(site.numbers().next());
        call.id = id;
        site.ledger().given(id.number());
        return id;
    }

    /** Whether a reservation may go on; if not, it is told so. */
    boolean mayAct(Call<Q, A> call) {
        if (call.changes == null || call.despiteFreeze || !site.freeze().holds(List.of())) {
            return true;
        }
        VinestockException refusal = site.freeze().refusal();
        if (!call.takenUp) {
            call.decided.completeExceptionally(refusal);
        } else {
            refuse(call, row(call, fallback, null, takeUp(call)), refusal);
        }
        return false;
    }

    /** Says what the guardrails have against an answer on the state that it was given for; null = nothing. */
    @Nullable
    String refused(Call<Q, A> call, A choice, QuestionContext context) {
        List<Violation> violations = Guards.check(point, call.question, choice, context.snapshot());
        return violations.isEmpty() ? null : "broke " + Guards.text(violations);
    }

    /** Answers by the fallback. */
    void byFallback(Call<Q, A> call) {
        for (int i = 0; i < MOST_RACES; i++) {
            QuestionContext context = takeUp(call);
            Given<A> given = askFallback(call, context);
            Answer<A> answer = given.answer();
            if (answer == null) {
                String before = call.instead == null ? "" : call.instead + "; ";
                fail(call, context, DecisionError.NO_VALID_ANSWER, before + "the fallback " + given.failure());
                return;
            }
            if (conclude(call, fallback, answer, context) == End.SETTLED) {
                return;
            }
        }
        String often = "the state changed under each of " + MOST_RACES + " answers; try again";
        fail(call, takeUp(call), DecisionError.NO_VALID_ANSWER, often);
    }

    private Given<A> askFallback(Call<Q, A> call, QuestionContext context) {
        try {
            Answer<A> answer = point.fallback().answer(call.question, context);
            String wrong = PluginBoundary.malformed(answer, point.answerType());
            if (wrong == null) {
                wrong = refused(call, answer.choice(), context);
            }
            return wrong == null ? new Given<>(answer, null) : new Given<>(null, wrong);
        } catch (RuntimeException | StackOverflowError thrown) {
            return new Given<>(null, "threw " + PluginBoundary.text(thrown));
        }
    }

    /** Reserves and records an answer that the guardrails let pass on the state that it was given for. */
    End conclude(Call<Q, A> call, StrategyRef by, Answer<A> answer, QuestionContext context) {
        if (call.changes == null) {
            if (call.id == null && call.instead == null) {
                leave(call, by, answer, context);
            } else {
                finish(call, row(call, by, answer, context), answer, null);
            }
            return End.SETTLED;
        }
        Snapshot checked = context.snapshot();
        for (int i = 0; i < MOST_RACES; i++) {
            Snapshot head = site.inventory().head();
            if (head != checked) {
                if (!Guards.check(point, call.question, answer.choice(), head).isEmpty()) {
                    return End.RACED;
                }
                checked = head;
            }
            Snapshot on = checked;
            if (!call.despiteFreeze && site.freeze().holds(() -> point.clusters(call.question, answer.choice(), on))) {
                refuse(call, row(call, by, answer, context), site.freeze().refusal());
                return End.SETTLED;
            }
            ChangeSet changes = call.changes.apply(answer.choice(), checked);
            if (changes.changes().isEmpty()) {
                finish(call, row(call, by, answer, context), answer, null);
                return End.SETTLED;
            }
            String noRoom = call.spending.take(point.clusters(call.question, answer.choice(), checked));
            if (noRoom != null) {
                refuse(
                        call,
                        row(call, by, answer, context),
                        new VinestockException(DecisionError.BUDGET_EXCEEDED, noRoom));
                return End.SETTLED;
            }
            if (commit(call, by, answer, context, new ChangeSet(checked.ref().revision(), changes.changes(), true))) {
                return End.SETTLED;
            }
        }
        return End.RACED;
    }

    /** Commits; false if it was refused because something else was committed since, so that trying again helps. */
    private boolean commit(
            Call<Q, A> call, StrategyRef by, Answer<A> answer, QuestionContext context, ChangeSet changes) {
        CompletableFuture<Commit> commit = site.inventory().commit(changes).toCompletableFuture();
        Commit now = commit.isDone() && !commit.isCompletedExceptionally() ? commit.getNow(null) : null;
        if (now instanceof Commit.Refused && site.inventory().head().ref().revision() != changes.basis()) {
            return false;
        }
        LedgerRow<Q, A, O> row = row(call, by, answer, context);
        if (now != null) {
            finish(call, row, answer, now);
        } else {
            CompletableFuture<Commit> unused = commit.whenCompleteAsync(
                    (done, thrown) -> {
                        if (thrown != null) {
                            refuse(call, row, notReserved("the store failed: " + PluginBoundary.text(thrown)));
                        } else {
                            finish(call, row, answer, done);
                        }
                    },
                    durable);
        }
        return true;
    }

    /** Lets an answer leave that is not in the sample, with nothing odd about it. */
    private void leave(Call<Q, A> call, StrategyRef by, Answer<A> answer, QuestionContext context) {
        call.decided.complete(new Decision<>(
                DecisionId.NOT_RECORDED, by, context.snapshot().ref(), answer, null, Decision.NOTHING_RESERVED));
        if (call.side != null) {
            call.side.ended(false, point.isRefusal(answer.choice()), took(call));
        }
    }

    private void finish(Call<Q, A> call, LedgerRow<Q, A, O> row, Answer<A> answer, @Nullable Commit commit) {
        if (commit instanceof Commit.Refused refused) {
            refuse(call, row, notReserved(Guards.text(refused.violations())));
            return;
        }
        if (commit instanceof Commit.Done done) {
            row.reserved(done.revision());
        }
        onceKept(() -> tell(call, row, answer));
    }

    /** Goes on when the number of a decision is certainly its own; also if the store fails, which keeps nothing then. */
    private void onceKept(Runnable then) {
        CompletableFuture<?> kept = site.numbers().kept().toCompletableFuture();
        if (kept.isDone()) {
            then.run();
        } else {
            CompletableFuture<?> unused = kept.whenCompleteAsync((any, thrown) -> then.run(), durable);
        }
    }

    private void tell(Call<Q, A> call, LedgerRow<Q, A, O> row, Answer<A> answer) {
        call.decided.complete(
                new Decision<>(row.id(), row.by(), row.state(), answer, row.fallbackBecause(), row.reservedAt()));
        Side side = call.side;
        if (side != null) {
            count(side, call, row, point.isRefusal(answer.choice()));
            if (!row.by().equals(fallback)) {
                row.ifBad(side::endedBadly);
            }
        }
        site.ledger().append(row);
    }

    private void count(Side side, Call<Q, A> call, LedgerRow<Q, A, O> row, boolean refusal) {
        boolean byFallback = row.by().equals(fallback);
        if (byFallback && call.excused) {
            side.excused();
        } else {
            side.ended(byFallback, refusal, row.took());
        }
    }

    private VinestockException notReserved(String because) {
        return new VinestockException(
                DecisionError.NOT_RESERVED, "the answer of " + point.name() + " could not be reserved: " + because);
    }

    /** Ends a question because code of the platform threw. */
    void lost(Call<Q, A> call, Throwable thrown) {
        site.lost().incrementAndGet();
        String text = point.name() + " could not be decided: " + PluginBoundary.text(thrown);
        VinestockException because = new VinestockException(DecisionError.DECISION_FAILED, text, thrown);
        try {
            refuse(call, row(call, fallback, null, takeUp(call)), because);
        } catch (RuntimeException again) {
            call.decided.completeExceptionally(because);
        }
    }

    /** Ends a question without a decision; it is recorded all the same, so that the numbers have no gap. */
    void fail(Call<Q, A> call, QuestionContext context, DecisionError code, String because) {
        refuse(call, row(call, fallback, null, context), new VinestockException(code, because));
    }

    private void refuse(Call<Q, A> call, LedgerRow<Q, A, O> row, VinestockException because) {
        row.failed(String.valueOf(because.getMessage()));
        onceKept(() -> tellRefused(call, row, because));
    }

    private void tellRefused(Call<Q, A> call, LedgerRow<Q, A, O> row, VinestockException because) {
        call.decided.completeExceptionally(because);
        Side side = call.side;
        if (side != null
                && (because.code() == DecisionError.FROZEN || because.code() == DecisionError.BUDGET_EXCEEDED)) {
            side.passed();
        } else if (side != null) {
            count(side, call, row, false);
        }
        site.ledger().append(row);
    }

    private LedgerRow<Q, A, O> row(
            Call<Q, A> call, StrategyRef by, @Nullable Answer<A> answer, QuestionContext context) {
        DecisionId id = call.id == null ? number(call) : call.id;
        LedgerRow<Q, A, O> row = new LedgerRow<>(
                id,
                point,
                call.question,
                by,
                context.snapshot().ref(),
                context.askedAt(),
                site.seed(),
                took(call),
                answer,
                call.instead);
        List<Shadow<Q, A, O>> shadows = seats.shadows();
        if (!shadows.isEmpty() && answer != null) {
            onceKept(() -> site.afterwards().later(() -> {
                for (Shadow<Q, A, O> shadow : shadows) {
                    shadow.ask(row, context);
                }
            }));
        }
        return row;
    }
}

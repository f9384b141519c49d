package org.vinestock.kernel.turn;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Outcome;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.ledger.LedgerRow;
import org.vinestock.kernel.ledger.ShadowAnswer;
import org.vinestock.kernel.plugin.Worker;
import org.vinestock.model.Violation;

/**
 * Asks a strategy what was decided already: the same question, the same state, the same seed; on the strategy's own
 * worker, from a bounded queue. Its answer joins the ledger row and reaches nobody else.
 *
 * <p>{@link #ask} and {@link #tell} on the ledger's lane, in the order of the point's turns.
 */
final class Shadow<Q extends Record, A, O extends Record> {
    private final Contender<Q, A, O> contender;
    private final Worker worker;
    private final Surroundings site;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicBoolean running = new AtomicBoolean();

    Shadow(Contender<Q, A, O> contender, Worker worker, Surroundings site) {
        this.contender = contender;
        this.worker = worker;
        this.site = site;
    }

    StrategyRef ref() {
        return contender.ref();
    }

    Contender<Q, A, O> contender() {
        return contender;
    }

    /** Asks it, some time. */
    void ask(LedgerRow<Q, A, O> row, QuestionContext context) {
        if (!row.by().equals(ref())) {
            offer(() -> answer(row, context));
        }
    }

    /** Tells it what became of an answer, some time. */
    void tell(Outcome<O> outcome) {
        offer(() -> {
            contender.enter(site.watch().now());
            site.watch().arm();
            String failure = contender.tell(outcome);
            contender.left();
            if (failure != null) {
                contender.figures().shadowFailed(failure);
            }
            next();
        });
    }

    /** Forgets what waits; what was not asked is counted. */
    void forget() {
        for (Runnable job = waiting.poll(); job != null; job = waiting.poll()) {
            size.decrementAndGet();
            contender.figures().shadowDropped();
        }
    }

    private void offer(Runnable job) {
        if (size.incrementAndGet() > site.limits().shadowQueue()) {
            size.decrementAndGet();
            contender.figures().shadowDropped();
            return;
        }
        waiting.add(job);
        if (running.compareAndSet(false, true)) {
            worker.execute(this::next);
        }
    }

    /** Goes on with what waits, one job a task, so that a turn handed to the worker waits for one job at most. */
    private void next() {
        Runnable job = waiting.poll();
        if (job == null) {
            running.set(false);
            if (!waiting.isEmpty() && running.compareAndSet(false, true)) {
                worker.execute(this::next);
            }
            return;
        }
        size.decrementAndGet();
        worker.execute(job);
    }

    private void answer(LedgerRow<Q, A, O> row, QuestionContext context) {
        contender.enter(site.watch().now());
        site.watch().arm();
        long begun = site.scheduler().nanoTime();
        Contender.Given<A> given = contender.ask(row.question(), context);
        Runnable rest = () -> {
            contender.left();
            joined(row, context, given, Duration.ofNanos(site.scheduler().nanoTime() - begun));
            next();
        };
        if (!worker.charges(rest)) {
            rest.run();
        }
    }

    private void joined(LedgerRow<Q, A, O> row, QuestionContext context, Contender.Given<A> given, Duration took) {
        Answer<A> answer = given.answer();
        ShadowAnswer<A> joined;
        if (answer == null) {
            String failure = String.valueOf(given.failure());
            contender.figures().shadowFailed(failure);
            joined = new ShadowAnswer<>(ref(), null, "", failure, List.of(), false, took);
        } else {
            A choice = answer.choice();
            List<Violation> violations = Guards.check(contender.point(), row.question(), choice, context.snapshot());
            Answer<A> decided = row.answer();
            boolean agrees = decided != null && decided.choice().equals(choice);
            contender.figures().shadowAnswered(agrees, !violations.isEmpty(), took.toNanos());
            joined = new ShadowAnswer<>(ref(), choice, answer.because(), null, violations, agrees, took);
        }
        site.afterwards().later(() -> site.ledger().joined(row, joined));
    }
}

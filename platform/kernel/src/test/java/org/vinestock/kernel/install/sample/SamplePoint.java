package org.vinestock.kernel.install.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Budget;
import org.vinestock.decision.Check;
import org.vinestock.decision.Context;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Guardrail;
import org.vinestock.decision.Strategy;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.ObjectId;
import org.vinestock.model.VmId;

/** Heads or tails. Its contract is one promise, which a test may hold up. */
public final class SamplePoint implements DecisionPoint<SamplePoint.Toss, SamplePoint.Side, SamplePoint.Landed> {
    /** The question. */
    public record Toss(VmId coin) {}

    /** The choice. */
    public record Side(String name) {}

    /** What became of it. */
    public record Landed(boolean good) {}

    /** What strategies of this point implement. */
    public interface SampleStrategy extends Strategy<Toss, Side, Landed> {}

    /** Is run in each contract, before the strategy is made. */
    public volatile Consumer<Thread> beforeContract = thread -> {};

    private record Alone(Snapshot snapshot, Instant askedAt, Budget budget) implements Context {}

    @Override
    public String name() {
        return "sample.toss";
    }

    @Override
    public Class<SampleStrategy> strategyType() {
        return SampleStrategy.class;
    }

    @Override
    public Class<Toss> questionType() {
        return Toss.class;
    }

    @Override
    public Class<Side> answerType() {
        return Side.class;
    }

    @Override
    public Class<Landed> outcomeType() {
        return Landed.class;
    }

    @Override
    public ObjectId subject(Toss question) {
        return question.coin();
    }

    @Override
    public Duration deadline() {
        return Duration.ofMillis(5);
    }

    @Override
    public Strategy<Toss, Side, Landed> fallback() {
        return (question, context) -> new Answer<>(new Side("edge"), "the fallback");
    }

    @Override
    public List<Guardrail<Toss, Side>> guardrails() {
        return List.of();
    }

    @Override
    public List<Check<Strategy<Toss, Side, Landed>>> contract() {
        return List.of(new Check<>() {
            @Override
            public String name() {
                return "answers heads";
            }

            @Override
            public void run(
                    java.util.function.Supplier<Strategy<Toss, Side, Landed>> fresh,
                    java.util.random.RandomGenerator random) {
                beforeContract.accept(Thread.currentThread());
                Answer<Side> answer = fresh.get()
                        .answer(
                                new Toss(new VmId("coin")),
                                new Alone(null, Instant.EPOCH, new Budget(1, 1, deadline())));
                if (!answer.choice().name().equals("heads")) {
                    throw new AssertionError("it answered " + answer);
                }
            }
        });
    }

    @Override
    public List<Side> candidates(Toss question, Snapshot snapshot) {
        return List.of(new Side("heads"), new Side("tails"));
    }
}

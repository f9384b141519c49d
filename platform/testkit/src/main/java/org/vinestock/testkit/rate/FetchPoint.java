package org.vinestock.testkit.rate;

import java.time.Duration;
import java.util.List;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Check;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.decision.Guardrail;
import org.vinestock.decision.Strategy;
import org.vinestock.inventory.Snapshot;
import org.vinestock.model.ObjectId;
import org.vinestock.model.Violation;
import org.vinestock.model.VmId;

/**
 * How many pages to fetch ahead of a read: asked with every read of every guest, so in batches, and recorded by a sample.
 * Nobody may fetch beyond the end of the disk.
 */
public final class FetchPoint implements DecisionPoint<FetchPoint.Read, FetchPoint.Ahead, FetchPoint.Used> {
    /** Pages of every disk. */
    public static final long END = 1 << 20;

    private final int sampling;

    /** Makes one. {@code sampling}: of how many answers one is recorded. */
    public FetchPoint(int sampling) {
        this.sampling = sampling;
    }

    /** A read. */
    public record Read(VmId vm, long page) {}

    /** How many pages to fetch behind the one that was read. */
    public record Ahead(int pages) {}

    /** How many of them were read later. */
    public record Used(int pages) {}

    /** What strategies of this point implement. */
    public interface FetchStrategy extends Strategy<Read, Ahead, Used> {}

    @Override
    public String name() {
        return "test.fetch";
    }

    @Override
    public Class<FetchStrategy> strategyType() {
        return FetchStrategy.class;
    }

    @Override
    public Class<Read> questionType() {
        return Read.class;
    }

    @Override
    public Class<Ahead> answerType() {
        return Ahead.class;
    }

    @Override
    public Class<Used> outcomeType() {
        return Used.class;
    }

    @Override
    public ObjectId subject(Read question) {
        return question.vm();
    }

    @Override
    public Duration deadline() {
        return Duration.ofMillis(5);
    }

    @Override
    public Strategy<Read, Ahead, Used> fallback() {
        return (read, context) -> new Answer<>(new Ahead(0), "fetches nothing");
    }

    @Override
    public List<Guardrail<Read, Ahead>> guardrails() {
        return List.of(FetchPoint::withinTheDisk);
    }

    private static List<Violation> withinTheDisk(Read read, Ahead ahead, Snapshot now) {
        return read.page() + ahead.pages() < END
                ? List.of()
                : List.of(new Violation("end", read.page() + " + " + ahead.pages() + " is beyond " + END));
    }

    @Override
    public List<Check<Strategy<Read, Ahead, Used>>> contract() {
        return List.of();
    }

    @Override
    public List<Ahead> candidates(Read question, Snapshot snapshot) {
        return List.of(new Ahead(0), new Ahead(8));
    }

    @Override
    public int sampling() {
        return sampling;
    }
}

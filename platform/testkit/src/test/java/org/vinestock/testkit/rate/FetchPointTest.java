package org.vinestock.testkit.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.vinestock.decision.Answer;
import org.vinestock.decision.BuiltIn;
import org.vinestock.decision.Decision;
import org.vinestock.decision.DecisionId;
import org.vinestock.decision.DecisionLine;
import org.vinestock.decision.StrategyRef;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.model.VmId;
import org.vinestock.testkit.rate.FetchPoint.Ahead;
import org.vinestock.testkit.rate.FetchPoint.FetchStrategy;
import org.vinestock.testkit.rate.FetchPoint.Read;
import org.vinestock.testkit.simulation.Simulation;

/** Many questions at once, of which few are recorded. */
class FetchPointTest {
    private static final int BATCH = 64;
    private static final int SAMPLING = 16;

    private final FetchPoint point = new FetchPoint(SAMPLING);
    private final Simulation site = Simulation.under(1).build();

    FetchPointTest() {
        FetchStrategy eight = (read, context) -> new Answer<>(new Ahead(8), "eight are enough");
        site.decisions().add(new BuiltIn<>(point, "eight", "1.0", () -> eight, true));
        site.decisions().add(point);
    }

    private List<Decision<Ahead>> ask(long firstPage) {
        List<Read> reads = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            reads.add(new Read(new VmId("vm-" + i), firstPage + i));
        }
        CompletableFuture<List<Decision<Ahead>>> all =
                site.decisions().askAll(point, reads).toCompletableFuture();
        site.run(Duration.ofSeconds(1));
        return all.join();
    }

    private List<DecisionLine> recorded() {
        site.run(Duration.ofSeconds(1));
        return site.decisions().feed().after(0, 10_000);
    }

    private long counted(String strategy) {
        return site.decisions().roster().standings(point.name()).stream()
                .filter(standing -> standing.ref().shortName().equals(strategy))
                .mapToLong(standing -> standing.figures().calls())
                .sum();
    }

    private void vendor(FetchStrategy strategy) {
        StrategyRef ref = new StrategyRef(point.name(), "acme", "1.0", "0123456789ab");
        site.decisions()
                .roster()
                .arrive(
                        new StrategyOffer(
                                ref, () -> strategy, gone -> {}, getClass().getClassLoader()),
                        null,
                        false);
        site.await(site.decisions().roster().promote(point.name(), "acme", "test"));
    }

    @Test
    void answersAllInTheirOrderAndRecordsASample() {
        for (int i = 0; i < 10; i++) {
            List<Decision<Ahead>> decisions = ask(0);
            assertEquals(BATCH, decisions.size());
            decisions.forEach(
                    decision -> assertEquals(8, decision.answer().choice().pages()));
            assertEquals(
                    BATCH / SAMPLING,
                    decisions.stream()
                            .filter(decision -> !decision.id().equals(DecisionId.NOT_RECORDED))
                            .count());
        }
        List<DecisionLine> lines = recorded();
        assertEquals(10 * BATCH / SAMPLING, lines.size());
        for (int i = 0; i < lines.size(); i++) {
            assertEquals(i + 1, lines.get(i).id().number()); // what is recorded has no gap
        }
        assertEquals(10 * BATCH, counted("eight@1.0"));
    }

    @Test
    void recordsEveryOddOneAndCountsExactly() {
        vendor((read, context) -> {
            if (read.page() % 10 == 7) {
                throw new IllegalStateException("no idea");
            }
            return new Answer<>(new Ahead(4), "four");
        });
        List<Decision<Ahead>> decisions = ask(0);
        long odd = decisions.stream()
                .filter(decision -> decision.fallbackBecause() != null)
                .count();
        assertEquals(6, odd); // 7, 17 ... 57: one at a time, so that the breaker stays closed
        List<DecisionLine> lines = recorded();
        assertEquals(
                odd,
                lines.stream().filter(line -> line.fallbackBecause() != null).count());
        assertEquals(BATCH - odd, counted("acme@1.0"));
    }

    @Test
    void refusesWhatIsBeyondTheEndAndRecordsThat() {
        List<Decision<Ahead>> decisions = ask(FetchPoint.END - BATCH);
        assertEquals(
                8,
                decisions.stream()
                        .filter(decision -> decision.answer().choice().pages() == 0)
                        .count());
        decisions.stream()
                .filter(decision -> decision.answer().choice().pages() == 0)
                .forEach(decision -> assertEquals(
                        decision.fallbackBecause() != null, decision.id().number() > 0));
    }

    @Test
    void asksAVendorsStrategyTheSameWay() {
        vendor((read, context) -> new Answer<>(new Ahead(4), "four"));
        assertEquals(
                BATCH,
                ask(0).stream()
                        .filter(decision -> decision.by().name().equals("acme"))
                        .count());
    }

    @Test
    void failsAsAWholeIfTheAreaIsNotThere() {
        site.decisions().remove(point);
        assertThrows(CompletionException.class, () -> ask(0));
        assertEquals(List.of(), new FetchPoint(1).contract());
    }
}

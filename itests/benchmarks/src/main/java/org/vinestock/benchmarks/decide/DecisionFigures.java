package org.vinestock.benchmarks.decide;

import static org.vinestock.benchmarks.Figures.say;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.vinestock.benchmarks.Figures;
import org.vinestock.benchmarks.decide.Load.Latencies;
import org.vinestock.benchmarks.decide.Load.Throughput;
import org.vinestock.benchmarks.decide.Pick.Picker;

/**
 * Measures what a decision costs besides the strategy's own thinking. {@code itests/benchmarks/figures} runs it, and then
 * {@link ReserveFigures} and {@link StuckFigures}; its only argument is how many seconds each figure may take, 5 unless
 * given.
 */
public final class DecisionFigures {
    private static final int PROMOTIONS = 50;
    private static final int BATCH = 64;

    private final int seconds;
    private final Desk desk = new Desk();
    private final Pick point = desk.open("figures.pick", Duration.ofMillis(50));
    private final Load load = new Load(() -> desk.ask(point));

    private DecisionFigures(int seconds) {
        this.seconds = seconds;
    }

    /** Runs all. */
    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]);
        Figures.sayMachine();
        new DecisionFigures(seconds).run();
        new ReserveFigures(seconds).run();
        new StuckFigures(seconds).run();
        System.exit(0); // one of the strategies may still be at it
    }

    private void run() throws Exception {
        inline();
        batches();
        Picker quick = (question, context) -> Pick.answer();
        desk.vendor(point, "quick", () -> quick);
        desk.promote(point, "quick");
        load.pace(Load.RATE);
        Latencies took = load.pace(Load.RATE * seconds);
        say(
                "a vendor's strategy, paced at 1,000/s: p50 %.1f us, p99 %.1f us; %s",
                took.whole(0.5), took.whole(0.99), load.incidents());
        Throughput advice = load.outstanding(desk.scheduler.lane("figures"), seconds);
        say(
                "64 outstanding: %,d a second, %.1f us of CPU each, ledger and caller included; %s",
                advice.perSecond(), advice.cpuMicros(), load.incidents());
        desk.vendor(point, "second", () -> quick);
        promotions();
    }

    private void inline() {
        for (int round = 0; round < 3; round++) {
            long begun = System.nanoTime();
            long asked = 0;
            while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(seconds) / 3) {
                for (int i = 0; i < 100; i++) {
                    var unused = desk.ask(point);
                }
                asked += 100;
            }
            long each = (System.nanoTime() - begun) / asked;
            if (round == 2) {
                say("a built-in inline: %.2f us each, ledger included", each / 1000.0);
            }
        }
    }

    /** A point that is asked at a high rate: 64 questions at once, one of 64 answers recorded. */
    private void batches() throws Exception {
        Pick fetch = desk.open(new Pick("figures.fetch", Duration.ofMillis(50), BATCH));
        say("64 in a batch, 1 of 64 recorded, a built-in: %.2f us a question", batched(fetch));
        Picker quick = (question, context) -> Pick.answer();
        desk.vendor(fetch, "fetcher", () -> quick);
        desk.promote(fetch, "fetcher");
        say("the same, a vendor's strategy: %.2f us a question, from asking to the last answer", batched(fetch));
    }

    private double batched(Pick fetch) throws Exception {
        double each = 0;
        for (int round = 0; round < 3; round++) {
            long begun = System.nanoTime();
            long asked = 0;
            while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(seconds) / 3) {
                desk.askAll(fetch, BATCH).get(10, TimeUnit.SECONDS);
                asked += BATCH;
            }
            each = (System.nanoTime() - begun) / 1000.0 / asked;
        }
        return each;
    }

    /** The p99 of 200 questions around each promotion, against as many without one; the medians of both. */
    private void promotions() throws Exception {
        double[] calm = new double[PROMOTIONS];
        double[] changing = new double[PROMOTIONS];
        for (int i = 0; i < PROMOTIONS; i++) {
            calm[i] = load.pace(200).whole(0.99);
            String next = i % 2 == 0 ? "second" : "quick";
            var unused = desk.scheduler.after(
                    Duration.ofMillis(50),
                    desk.scheduler.lane("promote"),
                    () -> desk.kernel.roster().promote(point.name(), next, "figures"));
            changing[i] = load.pace(200).whole(0.99);
        }
        Arrays.sort(calm);
        Arrays.sort(changing);
        say(
                "50 promotions under 1,000/s: median p99 %.1f us, without %.1f us, ratio %.2f; %s",
                changing[PROMOTIONS / 2],
                calm[PROMOTIONS / 2],
                changing[PROMOTIONS / 2] / calm[PROMOTIONS / 2],
                load.incidents());
    }
}

package org.vinestock.benchmarks.decide;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.vinestock.benchmarks.decide.Pick.Choice;
import org.vinestock.benchmarks.decide.Pick.Picker;
import org.vinestock.benchmarks.decide.Pick.Question;
import org.vinestock.decision.BuiltIn;
import org.vinestock.decision.Decision;
import org.vinestock.decision.StrategyRef;
import org.vinestock.inventory.Inventory;
import org.vinestock.kernel.decide.DecisionKernel;
import org.vinestock.kernel.plugin.StrategyOffer;
import org.vinestock.kernel.plugin.ThreadWorker;
import org.vinestock.kernel.schedule.LaneScheduler;
import org.vinestock.kernel.strategies.StateLog;
import org.vinestock.kernel.turn.DecisionLimits;
import org.vinestock.model.VmId;
import org.vinestock.store.memory.MemoryInventories;
import org.vinestock.time.Lane;

/**
 * Measures what a decision costs besides the strategy's own thinking. {@code itests/benchmarks/figures} runs it; its only
 * argument is how many seconds each figure may take, 5 unless given.
 */
public final class DecisionFigures {
    private static final Question QUESTION = new Question(new VmId("vm-1"));
    private static final int RATE = 1_000;
    private static final int OUTSTANDING = 64;
    private static final int PROMOTIONS = 50;

    private final int seconds;
    private final Pick point = new Pick("figures.pick", Duration.ofMillis(50));
    private final Pick other = new Pick("figures.other", Duration.ofMillis(50));
    private final LaneScheduler scheduler = new LaneScheduler(2, 1, (lane, thrown) -> thrown.printStackTrace());
    private final Inventory inventory = new MemoryInventories().memory(scheduler);
    private final DecisionKernel kernel = new DecisionKernel(
            scheduler, inventory, ThreadWorker::hire, DecisionLimits.DEFAULTS, StateLog.memory(), alarm -> {});

    private DecisionFigures(int seconds) {
        this.seconds = seconds;
        for (Pick each : new Pick[] {point, other}) {
            Picker builtIn = (question, context) -> Pick.answer();
            kernel.add(new BuiltIn<>(each, "builtin", "1.0", () -> builtIn, true));
            kernel.add(each);
        }
    }

    /** Runs all. */
    public static void main(String[] arguments) throws Exception {
        DecisionFigures figures = new DecisionFigures(arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]));
        figures.run(); // all threads are daemons
    }

    private void run() throws Exception {
        say(
                "java %s, %d cpus, load %.1f, heap %d MB, %s",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().maxMemory() >> 20,
                ManagementFactory.getGarbageCollectorMXBeans().get(0).getName());
        inline();
        vendor(point, "quick", (question, context) -> Pick.answer());
        promote(point, "quick");
        paced("a vendor's strategy, paced at 1,000/s", point);
        outstanding();
        promotions();
        vendor(other, "calm", (question, context) -> Pick.answer());
        promote(other, "calm");
        paced("a vendor's strategy at another point", other);
        stuck("blocked", () -> LockSupport.parkNanos(1_000_000));
        stuck("spinning", Thread::onSpinWait);
        rollback();
    }

    private void vendor(Pick where, String name, Picker picker) {
        StrategyRef ref = new StrategyRef(where.name(), name, "1.0", "0123456789ab");
        kernel.roster()
                .arrive(
                        new StrategyOffer(
                                ref, () -> picker, gone -> {}, getClass().getClassLoader()),
                        null,
                        false);
    }

    private void promote(Pick where, String name) throws Exception {
        kernel.roster()
                .promote(where.name(), name, "figures")
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private CompletableFuture<Decision<Choice>> ask(Pick where) {
        return kernel.ask(where, QUESTION).toCompletableFuture();
    }

    private void inline() {
        for (int round = 0; round < 3; round++) {
            long begun = System.nanoTime();
            long asked = 0;
            while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(seconds) / 3) {
                for (int i = 0; i < 100; i++) {
                    var unused = ask(other);
                }
                asked += 100;
            }
            long each = (System.nanoTime() - begun) / asked;
            if (round == 2) {
                say("a built-in inline: %.2f us each, ledger included", each / 1000.0);
            }
        }
    }

    /** Latencies from asking to the answer, in nanoseconds, sorted. */
    private long[] pace(Pick where, int count) throws InterruptedException {
        long[] took = new long[count];
        CountDownLatch answered = new CountDownLatch(count);
        long next = System.nanoTime();
        for (int i = 0; i < count; i++) {
            next += TimeUnit.SECONDS.toNanos(1) / RATE;
            while (System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            int at = i;
            long begun = System.nanoTime();
            var unused = ask(where).whenComplete((decision, thrown) -> {
                took[at] = System.nanoTime() - begun;
                answered.countDown();
            });
        }
        answered.await();
        Arrays.sort(took);
        return took;
    }

    private void paced(String what, Pick where) throws InterruptedException {
        pace(where, RATE);
        long[] took = pace(where, RATE * seconds);
        say("%s: p50 %.1f us, p99 %.1f us", what, micros(took, 0.5), micros(took, 0.99));
    }

    private void outstanding() throws InterruptedException {
        Lane lane = scheduler.lane("figures");
        AtomicLong answered = new AtomicLong();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2L * seconds);
        CountDownLatch ended = new CountDownLatch(OUTSTANDING);
        for (int i = 0; i < OUTSTANDING; i++) {
            again(lane, answered, end, ended);
        }
        TimeUnit.SECONDS.sleep(seconds);
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long begun = System.nanoTime();
        long before = answered.get();
        ended.await();
        long count = answered.get() - before;
        say(
                "64 outstanding: %,d a second, %.1f us of CPU each, ledger and caller included",
                count * 1_000_000_000L / (System.nanoTime() - begun),
                (system.getProcessCpuTime() - cpu) / 1000.0 / count);
    }

    private void again(Lane lane, AtomicLong answered, long end, CountDownLatch ended) {
        var unused = ask(point)
                .whenCompleteAsync(
                        (decision, thrown) -> {
                            answered.incrementAndGet();
                            if (System.nanoTime() < end) {
                                again(lane, answered, end, ended);
                            } else {
                                ended.countDown();
                            }
                        },
                        lane);
    }

    /** The p99 of 200 questions around each promotion, against as many without one; the medians of both. */
    private void promotions() throws Exception {
        vendor(point, "second", (question, context) -> Pick.answer());
        double[] calm = new double[PROMOTIONS];
        double[] changing = new double[PROMOTIONS];
        for (int i = 0; i < PROMOTIONS; i++) {
            calm[i] = micros(pace(point, 200), 0.99);
            String next = i % 2 == 0 ? "second" : "quick";
            var unused = scheduler.after(
                    Duration.ofMillis(50),
                    scheduler.lane("promote"),
                    () -> kernel.roster().promote(point.name(), next, "figures"));
            changing[i] = micros(pace(point, 200), 0.99);
        }
        Arrays.sort(calm);
        Arrays.sort(changing);
        say(
                "50 promotions under 1,000/s: median p99 %.1f us, without %.1f us, ratio %.2f",
                changing[PROMOTIONS / 2], calm[PROMOTIONS / 2], changing[PROMOTIONS / 2] / calm[PROMOTIONS / 2]);
    }

    private void stuck(String how, Runnable once) throws Exception {
        boolean[] over = new boolean[1];
        vendor(point, how, (question, context) -> {
            while (!over[0] && !Thread.currentThread().isInterrupted()) {
                once.run();
            }
            return Pick.answer();
        });
        promote(point, how);
        ask(point).get(10, TimeUnit.SECONDS);
        long[] took = pace(other, RATE * Math.min(seconds, 4));
        say("the other point while one is %s: p50 %.1f us, p99 %.1f us", how, micros(took, 0.5), micros(took, 0.99));
        over[0] = true;
        promote(point, "quick");
    }

    /** From the call of rollback until the question that hung and the next one are answered by another strategy. */
    private void rollback() throws Exception {
        Pick patient = new Pick("figures.patient", Duration.ofSeconds(30));
        Picker builtIn = (question, context) -> Pick.answer();
        kernel.add(new BuiltIn<>(patient, "builtin", "1.0", () -> builtIn, true));
        kernel.add(patient);
        CountDownLatch never = new CountDownLatch(1);
        Picker hangs = (question, context) -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Pick.answer();
        };
        vendor(patient, "hangs", hangs);
        promote(patient, "hangs");
        CompletableFuture<Decision<Choice>> hanging = ask(patient);
        TimeUnit.MILLISECONDS.sleep(100);
        long begun = System.nanoTime();
        kernel.roster().rollback(patient.name(), "figures");
        Decision<Choice> next = ask(patient).get(10, TimeUnit.SECONDS);
        Decision<Choice> freed = hanging.get(10, TimeUnit.SECONDS);
        say(
                "rollback from a strategy that hangs: %.2f ms until %s and %s answered",
                (System.nanoTime() - begun) / 1e6,
                freed.by().shortName(),
                next.by().shortName());
        never.countDown();
    }

    private static double micros(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(sorted.length * share))] / 1000.0;
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}

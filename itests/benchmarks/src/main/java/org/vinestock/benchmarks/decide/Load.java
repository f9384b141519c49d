package org.vinestock.benchmarks.decide;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.vinestock.benchmarks.Figures;
import org.vinestock.decision.Decision;
import org.vinestock.time.Lane;

/** Asks as often as a figure wants it, and measures; what is asked is in {@code ask}. */
final class Load {
    /** Questions a second where they are paced. */
    static final int RATE = 1_000;

    private static final int OUTSTANDING = 64;

    private final Supplier<? extends CompletionStage<? extends Decision<?>>> ask;
    private final LongSupplier thinking;
    private final AtomicLong instead = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    /** Makes one for a strategy that does not think. */
    Load(Supplier<? extends CompletionStage<? extends Decision<?>>> ask) {
        this(ask, () -> 0);
    }

    /**
     * Makes one.
     *
     * @param thinking how many nanoseconds the strategy took for the answer that it gave last
     */
    Load(Supplier<? extends CompletionStage<? extends Decision<?>>> ask, LongSupplier thinking) {
        this.ask = ask;
        this.thinking = thinking;
    }

    /** How many questions another one than the active strategy answered since this was asked last, and how many nobody did. */
    String incidents() {
        return instead.getAndSet(0) + " by the fallback, " + lost.getAndSet(0) + " lost";
    }

    private void count(@SuppressWarnings("unused") Decision<?> decision, Throwable thrown) {
        if (thrown != null) {
            lost.incrementAndGet();
        } else if (decision.fallbackBecause() != null) {
            instead.incrementAndGet();
        }
    }

    /** How long answers took. */
    static final class Latencies {
        private final long[] whole;
        private final long[] overhead;

        private Latencies(int count) {
            whole = new long[count];
            overhead = new long[count];
        }

        /** Microseconds from asking to the answer; 0.5 = the median. */
        double whole(double share) {
            return Figures.micros(whole, share);
        }

        /** The same without the strategy's thinking. */
        double overhead(double share) {
            return Figures.micros(overhead, share);
        }

        private void sort() {
            Arrays.sort(whole);
            Arrays.sort(overhead);
        }
    }

    /** Asks {@code count} times at {@value #RATE} a second. */
    Latencies pace(int count) throws InterruptedException {
        Latencies took = new Latencies(count);
        CountDownLatch answered = new CountDownLatch(count);
        long next = System.nanoTime();
        for (int i = 0; i < count; i++) {
            next += TimeUnit.SECONDS.toNanos(1) / RATE;
            while (System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            int at = i;
            long begun = System.nanoTime();
            var unused = ask.get().whenComplete((decision, thrown) -> {
                took.whole[at] = System.nanoTime() - begun;
                took.overhead[at] = took.whole[at] - thinking.getAsLong();
                count(decision, thrown);
                answered.countDown();
            });
        }
        answered.await();
        took.sort();
        return took;
    }

    /** How many a second, and what each took of the processors, asker and ledger included. */
    record Throughput(long perSecond, double cpuMicros) {}

    /** Keeps {@value #OUTSTANDING} questions under way for {@code seconds} to warm up, and as long again to measure. */
    Throughput outstanding(Lane lane, int seconds) throws InterruptedException {
        AtomicLong answered = new AtomicLong();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2L * seconds);
        CountDownLatch ended = new CountDownLatch(OUTSTANDING);
        for (int i = 0; i < OUTSTANDING; i++) {
            lane.execute(() -> again(lane, answered, end, ended));
        }
        TimeUnit.SECONDS.sleep(seconds);
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long begun = System.nanoTime();
        long before = answered.get();
        ended.await();
        long count = answered.get() - before;
        return new Throughput(
                count * 1_000_000_000L / (System.nanoTime() - begun),
                (system.getProcessCpuTime() - cpu) / 1000.0 / count);
    }

    private void again(Lane lane, AtomicLong answered, long end, CountDownLatch ended) {
        var unused = ask.get()
                .whenCompleteAsync(
                        (decision, thrown) -> {
                            count(decision, thrown);
                            answered.incrementAndGet();
                            if (System.nanoTime() < end) {
                                again(lane, answered, end, ended);
                            } else {
                                ended.countDown();
                            }
                        },
                        lane);
    }
}

package org.vinestock.benchmarks.decide;

import static org.vinestock.benchmarks.Figures.millis;
import static org.vinestock.benchmarks.Figures.say;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.vinestock.benchmarks.decide.Load.Latencies;
import org.vinestock.benchmarks.decide.Pick.Choice;
import org.vinestock.benchmarks.decide.Pick.Picker;
import org.vinestock.decision.Decision;

/** Measures what strategies that never return cost others, and how fast a rollback frees the question that hangs in one. */
final class StuckFigures {
    private static final int ROLLBACKS = 20;

    private final int seconds;
    private final Desk desk = new Desk();
    private final Pick point = desk.open("figures.stuck", Duration.ofMillis(50));
    private final Pick other = desk.open("figures.other", Duration.ofMillis(50));
    private final Load load = new Load(() -> desk.ask(other));

    StuckFigures(int seconds) {
        this.seconds = seconds;
    }

    void run() throws Exception {
        Picker calm = (question, context) -> Pick.answer();
        desk.vendor(other, "calm", () -> calm);
        desk.promote(other, "calm");
        load.pace(Load.RATE);
        beside("alone", 0);
        blocked();
        spinning();
        rollbacks();
    }

    private void blocked() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        stuck("blocked", () -> uninterrupted(over));
        over.countDown();
    }

    private void spinning() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        stuck("spinning", () -> {
            while (!over.get()) {
                Thread.onSpinWait();
            }
        });
        over.set(true);
    }

    /** Waits as a plugin does that does not care for being interrupted. */
    private static void uninterrupted(CountDownLatch over) {
        while (true) {
            try {
                over.await();
                return;
            } catch (InterruptedException e) {
                // goes on waiting
            }
        }
    }

    private void stuck(String how, Runnable forLong) throws Exception {
        Picker picker = (question, context) -> {
            forLong.run();
            return Pick.answer();
        };
        desk.vendor(point, how, () -> picker);
        desk.promote(point, how);
        desk.ask(point).get(10, TimeUnit.SECONDS); // the fallback answers it
        beside("beside a " + how + " one", thread("vinestock-strategy-" + how + "-1.0"));
        desk.promote(point, "builtin");
    }

    /** Asks at the other point; {@code thread}: whose share of a processor is printed, 0 = nobody's. */
    private void beside(String how, long thread) throws InterruptedException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long begun = System.nanoTime();
        long cpu = system.getProcessCpuTime();
        long ofThread = thread == 0 ? 0 : threads.getThreadCpuTime(thread);
        Latencies took = load.pace(Load.RATE * seconds);
        double passed = System.nanoTime() - begun;
        double share = (system.getProcessCpuTime() - cpu) / passed;
        double shareOfThread = thread == 0 ? 0 : (threads.getThreadCpuTime(thread) - ofThread) / passed;
        say(
                "another point %s: p50 %.1f us, p99 %.1f us; the process takes %.2f of a core, the stuck thread %.2f; %s",
                how, took.whole(0.5), took.whole(0.99), share, shareOfThread, load.incidents());
    }

    private static long thread(String name) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals(name)) {
                return thread.getThreadId();
            }
        }
        throw new AssertionError("there is no thread " + name);
    }

    /** From the call of rollback until the question that hung and the next one are answered, both by the STANDBY. */
    private void rollbacks() throws Exception {
        Pick patient = desk.open("figures.patient", Duration.ofSeconds(30));
        long[] took = new long[ROLLBACKS];
        for (int i = 0; i < ROLLBACKS; i++) {
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch over = new CountDownLatch(1);
            Picker hangs = (question, context) -> {
                asked.countDown();
                uninterrupted(over);
                return Pick.answer();
            };
            desk.vendor(patient, "hangs-" + i, () -> hangs);
            desk.promote(patient, "builtin");
            desk.promote(patient, "hangs-" + i);
            CompletableFuture<Decision<Choice>> hanging = desk.ask(patient);
            asked.await();
            long begun = System.nanoTime();
            var kept = desk.kernel.roster().rollback(patient.name(), "figures");
            CompletableFuture<Decision<Choice>> next = desk.ask(patient);
            byStandby(next.get(10, TimeUnit.SECONDS));
            byStandby(hanging.get(10, TimeUnit.SECONDS));
            took[i] = System.nanoTime() - begun;
            String said = kept.toCompletableFuture().get(10, TimeUnit.SECONDS);
            if (!said.endsWith(", 0 calls lost")) {
                throw new AssertionError(said);
            }
            over.countDown();
        }
        Arrays.sort(took);
        say(
                "%d rollbacks from a strategy that hangs (deadline 30 s): median %.2f ms, max %.2f ms until the question"
                        + " that hung and the next one are answered by the STANDBY",
                ROLLBACKS, millis(took, 0.5), millis(took, 1));
    }

    private static void byStandby(Decision<Choice> decision) {
        if (!decision.by().shortName().equals("builtin@1.0") || decision.fallbackBecause() != null) {
            throw new AssertionError("answered by " + decision.by().shortName() + " because "
                    + decision.fallbackBecause() + ", not by the STANDBY");
        }
    }
}

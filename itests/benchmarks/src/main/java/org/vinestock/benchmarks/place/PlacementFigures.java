package org.vinestock.benchmarks.place;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.vinestock.benchmarks.site.LargeSite;
import org.vinestock.decision.Answer;
import org.vinestock.decision.Budget;
import org.vinestock.decision.Context;
import org.vinestock.inventory.Snapshot;
import org.vinestock.placement.HostScan;
import org.vinestock.placement.Placement;
import org.vinestock.placement.PlacementQuestion;
import org.vinestock.placement.PlacementStrategy;
import org.vinestock.placement.Placements;
import org.vinestock.placement.provider.strategy.BestFitPlacement;
import org.vinestock.placement.provider.strategy.SpreadPlacement;

/**
 * Measures what built-in strategies and guardrails take for one question, catching up with what changed since the last
 * one included: after each question one VM is placed and one leaves. CPU time of the asking thread. {@code itests/benchmarks/place
 * [--svg FILE] [HOSTS...]} runs it and draws the curves.
 */
public final class PlacementFigures {
    private static final int QUESTIONS = 20_000;

    private final CostCurves curves;
    private final LargeSite site;
    private final SplittableRandom random = new SplittableRandom(2);

    private PlacementFigures(int hosts, CostCurves curves) {
        this.curves = curves;
        site = new LargeSite(hosts, 10 * hosts, Math.max(10, hosts / 10));
    }

    /** Runs all. */
    public static void main(String[] arguments) throws IOException {
        say(
                "java %s, %d cpus, load %.1f, heap %d MB, %s",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().maxMemory() >> 20,
                ManagementFactory.getGarbageCollectorMXBeans().get(0).getName());
        List<String> sizes = new ArrayList<>(Arrays.asList(arguments));
        Path picture = null;
        if (sizes.size() > 1 && sizes.get(0).equals("--svg")) {
            picture = Path.of(sizes.get(1));
            sizes.subList(0, 2).clear();
        }
        CostCurves curves = new CostCurves();
        for (String hosts : sizes.isEmpty() ? List.of("100", "300", "1000", "3000", "10000") : sizes) {
            new PlacementFigures(Integer.parseInt(hosts), curves).run();
        }
        if (picture != null) {
            curves.writeTo(picture);
        }
    }

    private void run() {
        say("%s", site);
        measure("best-fit", BestFitPlacement::new);
        measure("spread", SpreadPlacement::new);
        PlacementStrategy fallback =
                (question, context) -> Placements.PLACE.fallback().answer(question, context);
        measure("the fallback", () -> fallback);
        measure("each host by itself", () -> PlacementFigures::byRow);
    }

    /** As strategies do that look at every host. */
    private static Answer<Placement> byRow(PlacementQuestion question, Context context) {
        HostScan scan = new HostScan(question, context.snapshot());
        int first = -1;
        for (int row = 0; row < scan.end(); row++) {
            if (scan.fits(row) && first < 0) {
                first = row;
            }
        }
        return scan.answer(first, List.of());
    }

    private void measure(String name, Supplier<PlacementStrategy> maker) {
        PlacementStrategy strategy = maker.get();
        ask(strategy, new ArrayList<>(), new ArrayList<>());
        List<Long> own = new ArrayList<>();
        List<Long> guards = new ArrayList<>();
        int refused = ask(strategy, own, guards);
        say(
                "%7d hosts, %-20s p50 %6.1f us, p99 %6.1f us; guardrails p50 %4.1f us, p99 %4.1f us; %d of %d refused",
                site.hosts(),
                name + ':',
                at(own, 0.5),
                at(own, 0.99),
                at(guards, 0.5),
                at(guards, 0.99),
                refused,
                QUESTIONS);
        curves.add(name + ", p50", site.hosts(), at(own, 0.5));
        if (name.equals("best-fit")) {
            curves.add(name + ", p99", site.hosts(), at(own, 0.99));
            curves.add("guardrails, p50", site.hosts(), at(guards, 0.5));
        }
    }

    private int ask(PlacementStrategy strategy, List<Long> own, List<Long> guards) {
        int refused = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            PlacementQuestion question = site.question(random);
            Snapshot snapshot = site.head();
            long begun = cpuNanos();
            Placement choice = strategy.answer(question, new Now(snapshot)).choice();
            own.add(cpuNanos() - begun);
            if (choice instanceof Placement.Placed placed) {
                begun = cpuNanos();
                if (!Placements.PLACE
                        .guardrails()
                        .get(0)
                        .check(question, choice, snapshot)
                        .isEmpty()) {
                    throw new IllegalStateException(choice + " is wrong");
                }
                guards.add(cpuNanos() - begun);
                site.place(question, placed.host());
                site.leave(random);
            } else {
                refused++;
            }
        }
        return refused;
    }

    /** CPU time of this thread: what others do on the machine does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private record Now(Snapshot snapshot) implements Context {
        @Override
        public Instant askedAt() {
            return Instant.EPOCH;
        }

        @Override
        public Budget budget() {
            return new Budget(1, 1_000, Duration.ofSeconds(1));
        }
    }

    private static double at(List<Long> nanos, double share) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1, Math.ceil(sorted.length * share))] / 1e3;
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}

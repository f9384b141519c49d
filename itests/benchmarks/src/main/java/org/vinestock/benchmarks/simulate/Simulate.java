package org.vinestock.benchmarks.simulate;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.vinestock.simulation.Kept;
import org.vinestock.simulation.Setup;
import org.vinestock.simulation.Story;
import org.vinestock.simulation.Storyteller;
import org.vinestock.simulation.Verdict;

/**
 * Tells the stories of many seeds and says which broke an invariant, each with the line that tells it again and the file to
 * which it was shrunk. {@code itests/benchmarks/simulate [--seeds N] [--from SEED] [--once] [--whole] [--planes N] [--story FILE]} runs it; it may be
 * interrupted at any time.
 */
public final class Simulate {
    private static final long EVERY_NANOS = 5_000_000_000L;
    private static final Path FOLDER = Path.of("target", "stories");

    private final boolean twice;
    private final boolean shrinks;
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final AtomicBoolean done = new AtomicBoolean();
    private final List<String> failures = new ArrayList<>();
    private final long begun = System.nanoTime();
    private long told;
    private long events;
    private long shown = begun;

    private Simulate(boolean twice, boolean shrinks) {
        this.twice = twice;
        this.shrinks = shrinks;
    }

    /** Tells stories. */
    public static void main(String[] arguments) throws IOException {
        long seeds = 10_000;
        long from = 1;
        boolean twice = true;
        boolean shrinks = true;
        Path file = null;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seeds" -> seeds = Long.parseLong(arguments[++i]);
                case "--from" -> from = Long.parseLong(arguments[++i]);
                case "--once" -> twice = false;
                case "--planes" -> {
                    PlaneFigures.print(Integer.parseInt(arguments[++i]));
                    return;
                }
                case "--whole" -> shrinks = false;
                case "--story" -> file = Path.of(arguments[++i]);
                default ->
                    throw new IllegalArgumentException(
                            arguments[i] + "; accepted: [--seeds N] [--from SEED] [--once] [--whole] [--planes N]"
                                    + " [--story FILE]");
            }
        }
        Simulate run = new Simulate(twice, shrinks);
        if (file != null) {
            run.tell(Story.read(Files.readString(file)), "itests/benchmarks/simulate --story " + file);
        } else {
            run.tellAll(from, seeds);
        }
        run.end();
    }

    private void tellAll(long from, long seeds) {
        Thread telling = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            interrupted.set(true);
            try {
                telling.join(EVERY_NANOS / 1_000_000);
            } catch (InterruptedException e) {
                telling.interrupt();
            }
            if (!done.get()) {
                sum("interrupted after");
            }
        }));
        for (long seed = from; seed < from + seeds && !interrupted.get(); seed++) {
            tell(Storyteller.story(seed), "itests/benchmarks/simulate --from " + seed + " --seeds 1");
            if (System.nanoTime() - shown > EVERY_NANOS) {
                shown = System.nanoTime();
                sum("so far");
            }
        }
    }

    private void tell(Story story, String replay) {
        Verdict verdict = Verdict.on(story, Setup.SOUND, twice);
        told++;
        events += verdict.events();
        if (verdict.broke() != null) {
            failures.add("seed " + story.seed() + " " + verdict.broke());
            say("seed %d broke %s", story.seed(), verdict.message());
            say("  replay: %s", replay);
            if (shrinks) {
                Path kept = Kept.shrunk(story, verdict, Setup.SOUND, FOLDER);
                say("  shrunk: %s", kept.toAbsolutePath());
            }
        }
    }

    private void end() {
        done.set(true);
        sum(interrupted.get() ? "interrupted after" : "done:");
        failures.forEach(failure -> say("  %s", failure));
        if (!interrupted.get()) {
            System.exit(failures.isEmpty() ? 0 : 1);
        }
    }

    private void sum(String how) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        say(
                "%s %d stories%s, %d events in %.1f s, %.0f a second, %d failed; load %.1f",
                how,
                told,
                twice ? " told twice" : "",
                events,
                seconds,
                events / seconds,
                failures.size(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}

package org.vinestock.benchmarks.ledger;

import static org.vinestock.benchmarks.Figures.say;
import static org.vinestock.benchmarks.Figures.sayMachine;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.vinestock.area.Parts;
import org.vinestock.inventory.Snapshot;
import org.vinestock.journal.Archive;
import org.vinestock.journal.ArchiveEntry;
import org.vinestock.journal.ArchiveState;
import org.vinestock.journal.Keeping;
import org.vinestock.journal.Line;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.replay.Replayed;
import org.vinestock.model.Lease;
import org.vinestock.model.ObjectId;
import org.vinestock.operation.Operation;
import org.vinestock.operation.Planning;
import org.vinestock.operation.StepContext;
import org.vinestock.operation.StepHandler;

/**
 * Measures the ledger: placements among 1,000 hosts by best-fit, asked, guarded, reserved durably and recorded in H2 with
 * what became of them; what they take, how the file grows under retention, and how quickly they are replayed. {@code
 * itests/benchmarks/ledger} runs it; its arguments are how many decisions are made, how many are replayed, and how many are
 * appended again with retention at work, 1,000,000 unless given.
 */
public final class LedgerFigures {
    private static final int ROUNDS = 5;
    private static final int BEHIND = 8_000;
    private static final long KEPT = 8_000_000;

    private final Path folder;

    private LedgerFigures(Path folder) {
        this.folder = folder;
    }

    /** Runs all. */
    public static void main(String[] arguments) throws Exception {
        int decisions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 50_000;
        int replayed = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20_000;
        int grown = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1_000_000;
        Path folder = Files.createTempDirectory("vinestock-ledger-figures");
        try {
            new LedgerFigures(folder).run(decisions, replayed, grown);
        } finally {
            delete(folder);
        }
        System.exit(0);
    }

    private void run(int decisions, int replayed, int grown) throws Exception {
        sayMachine();
        try (KeptDesk desk = new KeptDesk(folder, new Keeping(Duration.ofDays(30), 1L << 40))) {
            for (int round = 1; round <= ROUNDS; round++) {
                long begun = System.nanoTime();
                desk.decide(decisions / ROUNDS);
                double seconds = (System.nanoTime() - begun) / 1e9;
                desk.settle();
                ArchiveState rows = desk.ledger.state();
                ArchiveState joined = desk.ledger.joinedState();
                say(
                        "%,d decisions, %,.0f a second: %.0f bytes a decision, %.0f what became of it; ledger %.1f MB, site"
                                + " %.1f MB, %d not written",
                        rows.lines(),
                        decisions / (ROUNDS * seconds),
                        rows.bytes() / (double) rows.lines(),
                        joined.bytes() / (double) Math.max(1, joined.lines()),
                        size("ledger"),
                        size("site"),
                        rows.dropped());
            }
            for (int round = 0; round < ROUNDS; round++) {
                OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
                long cpu = system.getProcessCpuTime();
                Replayed result = (Replayed) replay(desk, replayed);
                say(
                        "%,d replayed, %,d a second, %.0f us of CPU each; best-fit's own time p50 %.0f us, p99 %.0f us;"
                                + " %,d agree",
                        result.asked(),
                        result.perSecond(),
                        (system.getProcessCpuTime() - cpu) / 1e3 / result.asked(),
                        result.p50().toNanos() / 1e3,
                        result.p99().toNanos() / 1e3,
                        result.agree());
            }
            grow(desk, grown);
        }
        say("closed: ledger %.1f MB, site %.1f MB", size("ledger"), size("site"));
    }

    /** Appends decisions that were made again and again, under new numbers, with retention at work. */
    private void grow(KeptDesk desk, int count) throws Exception {
        List<Line> real = desk.archives
                .open("decision", new Keeping(Duration.ofDays(30), 1L << 40))
                .range(1, Long.MAX_VALUE, 10_000)
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        Archive archive = desk.archives.open("grown", new Keeping(Duration.ofDays(30), KEPT));
        double before = size("ledger");
        for (int round = 1; round <= ROUNDS; round++) {
            long begun = System.nanoTime();
            for (int i = count / ROUNDS * (round - 1); i < count / ROUNDS * round; i++) {
                Line line = real.get(i % real.size());
                archive.append(new ArchiveEntry(i + 1, line.at(), line.key(), ArchiveEntry.NO_REVISION, line::text));
                while (i - archive.state().lines() - archive.state().forgotten() > BEHIND) {
                    Thread.sleep(1);
                }
            }
            ArchiveState state = archive.state();
            say(
                    "appended %,d, %,.0f a second, retention at %.0f MB: %,d kept in %.1f MB, %,d forgotten, %d not written;"
                            + " file %.1f MB, of which %.1f MB were there before",
                    count / ROUNDS * round,
                    count / (ROUNDS * (System.nanoTime() - begun) / 1e9),
                    KEPT / 1e6,
                    state.lines(),
                    state.bytes() / 1e6,
                    state.forgotten(),
                    state.dropped(),
                    size("ledger"),
                    before);
        }
    }

    private static Object replay(KeptDesk desk, int last) throws Exception {
        Parts parts = desk.kernel.parts(List::of);
        Task task = new Task(desk.store.inventory().head());
        Operation<?, ?> operation = parts.operations().stream()
                .filter(each -> each.type().name().equals("decision.replay"))
                .findFirst()
                .orElseThrow();
        return begin(parts, operation, "{\"with\":\"best-fit\",\"last\":" + last + "}", task);
    }

    private static <P extends Record> Object begin(Parts parts, Operation<P, ?> operation, String json, Task task)
            throws Exception {
        P parameters = new JsonCodec().read(json, operation.type().parameters());
        Record arguments = operation.plan(parameters, task).steps().get(0).arguments();
        for (StepHandler<?> step : parts.steps()) {
            if (step.kind().equals("decision.replay")) {
                return apply(step, arguments, task);
            }
        }
        throw new AssertionError("no step");
    }

    private static <S extends Record> Object apply(StepHandler<S> step, Record arguments, Task task) throws Exception {
        return step.apply(step.argumentsType().cast(arguments), task)
                .toCompletableFuture()
                .get(120, TimeUnit.SECONDS);
    }

    /** Nobody watches it. */
    private record Task(Snapshot snapshot) implements StepContext, Planning {
        @Override
        public String newId(String kind) {
            return kind + "-1";
        }

        @Override
        public Lease lease(ObjectId claim) {
            throw new IllegalArgumentException("nothing is claimed");
        }

        @Override
        public void progress(double share, String text) {}

        @Override
        public boolean cancelled() {
            return false;
        }
    }

    private double size(String database) throws IOException {
        return Files.size(folder.resolve(database + ".mv.db")) / 1e6;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

package org.vinestock.kernel.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.audit.Deed;
import org.vinestock.journal.Entry;
import org.vinestock.journal.Journal;
import org.vinestock.journal.Line;
import org.vinestock.kernel.alarm.Alarm;
import org.vinestock.kernel.alarm.Alarms;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.schedule.SimulatedScheduler;
import org.vinestock.kernel.strategies.FileStateLog;
import org.vinestock.kernel.strategies.JournalStates;
import org.vinestock.kernel.strategies.Keeper;
import org.vinestock.kernel.strategies.Kept;
import org.vinestock.kernel.strategies.KeptAlarms;
import org.vinestock.model.VinestockException;
import org.vinestock.store.audit.MemoryAudit;
import org.vinestock.store.write.StoreError;

/** States, freezes and alarms are in the database: what a former version had in a file is taken over. */
class KeptBeforeTest {
    private static final JsonCodec CODEC = new JsonCodec();
    private static final String STRATEGY = "placement.place/acme@1.0#0123456789ab";

    @TempDir
    private Path folder;

    private final SimulatedScheduler scheduler =
            new SimulatedScheduler(1, Instant.parse("2026-11-20T14:00:00Z"), (lane, thrown) -> {
                throw new AssertionError(lane, thrown);
            });
    private final Database database = new Database();

    @Test
    void takesOverWhatAFormerVersionKeptInAFile() throws IOException {
        try (FileStateLog log = log()) {
            log.keep(kept("strategy", STRATEGY, "ACTIVE"));
            log.keep(kept("freeze", "c1", "frozen"));
            log.keep(kept("start", "0123456789ab", "1"));
            log.keep(kept("plugin", "0123456789abcdef", "acme-1.0.jar"));
        }
        List<Kept> all = List.of(
                kept("strategy", STRATEGY, "ACTIVE"),
                kept("freeze", "c1", "frozen"),
                kept("start", "0123456789ab", "1"),
                kept("plugin", "0123456789abcdef", "acme-1.0.jar"));
        try (FileStateLog log = log()) {
            assertEquals(all, keeper(log).former());
            assertEquals(
                    List.of("start", "plugin"),
                    log.kept().stream().map(Kept::what).toList());
        }
        assertEquals(
                List.of(
                        new Deed("ann", "strategy.state", STRATEGY, "ACTIVE: a reason"),
                        new Deed("ann", "freeze.state", "c1", "frozen: a reason")),
                database.told);
        try (FileStateLog log = log()) {
            assertEquals(all, keeper(log).former(), "at the next start, too, and once");
        }
        assertEquals(2, database.told.size());
    }

    @Test
    void believesTheDatabaseRatherThanAFileOfBefore() throws IOException {
        try (FileStateLog log = log()) {
            log.keep(kept("strategy", STRATEGY, "ACTIVE"));
            log.keep(kept("freeze", "c1", "frozen"));
            new JournalStates(database, CODEC).keep(List.of(kept("strategy", STRATEGY, "RETIRED")));
            assertEquals(
                    List.of(kept("strategy", STRATEGY, "RETIRED"), kept("freeze", "c1", "frozen")),
                    keeper(log).former());
        }
    }

    @Test
    void keepsWhatIsDoneTogetherInOneTransaction() throws IOException {
        try (FileStateLog log = log()) {
            Keeper keeper = keeper(log);
            CompletionStage<Void> done = keeper.keep(List.of(
                    kept("strategy", STRATEGY, "STANDBY"), kept("strategy", STRATEGY.replace("1.0", "1.1"), "ACTIVE")));
            run();
            done.toCompletableFuture().join();
            assertEquals(1, database.transactions);
            assertEquals(2, database.told.size());
            keeper.keep("start", "0123456789ab", "1", "", "vinestock");
            run();
            assertEquals(1, database.transactions, "a mark of this process is of no use to another one");
            assertEquals(1, log.kept().size());
        }
    }

    @Test
    void saysThatAStateIsNotKept() throws IOException {
        try (FileStateLog log = log()) {
            Keeper keeper = keeper(log);
            database.gone = true;
            CompletionStage<Void> kept = keeper.keep("freeze", "*", "frozen", "", "ann");
            run();
            CompletionException failure = assertThrows(
                    CompletionException.class, () -> kept.toCompletableFuture().join());
            assertEquals(
                    "freeze * is frozen until the process ends, but could not be written down: gone",
                    failure.getCause().getMessage());
        }
    }

    @Test
    void keepsNamesThatAreLongerThanAKey() throws IOException {
        String longer = "placement.place/" + "x".repeat(300) + "@1.0#0123456789ab";
        try (FileStateLog log = log()) {
            keeper(log).keep(List.of(kept("strategy", longer, "SHADOW")));
            keeper(log).keep(List.of(kept("strategy", longer, "ACTIVE")));
            run();
            assertEquals(
                    List.of(kept("strategy", longer, "ACTIVE")), keeper(log).former());
        }
    }

    @Test
    void tellsTheAuditAlsoIfNothingIsKeptInADatabase() throws IOException {
        MemoryAudit audit = new MemoryAudit(scheduler);
        try (FileStateLog log = log()) {
            Keeper keeper = KeptBefore.states(null, log, audit, CODEC, scheduler);
            keeper.keep(List.of(kept("strategy", STRATEGY, "ACTIVE"), kept("start", "0123456789ab", "1")));
            run();
            assertEquals(2, log.kept().size());
            assertEquals(1, audit.verify().toCompletableFuture().join().rows());
        }
    }

    @Test
    void findsTheAlarmsOfTheProcessBefore() throws IOException {
        Instant before = scheduler.instant();
        try (FileStateLog log = log()) {
            Alarms first = alarms(log);
            first.raise("acme", "quarantined", "it hung");
            first.raise("acme", "breaker-open", "5 failures");
            first.raise("x.jar", "plugin-refused", "no");
            first.raise("x.jar", "plugin-refused", "no, because");
            first.raise("point", "no-active", "nobody");
            first.clear("point", "no-active");
            run();
            scheduler.run(before.plusSeconds(60), Long.MAX_VALUE);

            Alarms second = alarms(log);
            assertEquals(
                    List.of("breaker-open", "quarantined", "plugin-refused"),
                    second.list().stream().map(Alarm::kind).toList());
            second.raise("x.jar", "plugin-refused", "no, because");
            second.settled(List.of("quarantined"));
            run();
            assertEquals(
                    List.of(
                            new Alarm("acme", "quarantined", "it hung", before),
                            new Alarm("x.jar", "plugin-refused", "no, because", before)),
                    second.list());
            assertEquals(second.list(), alarms(log).list());
            assertEquals(List.of(), database.told, "nobody did an alarm");
        }
    }

    private Alarms alarms(FileStateLog log) throws IOException {
        return new Alarms(scheduler, line -> {}, new KeptAlarms(keeper(log)));
    }

    private FileStateLog log() throws IOException {
        return new FileStateLog(folder.resolve("strategies.log"), CODEC);
    }

    private Keeper keeper(FileStateLog log) throws IOException {
        return KeptBefore.states(database, log, new MemoryAudit(scheduler), CODEC, scheduler);
    }

    private static Kept kept(String what, String key, String value) {
        return new Kept(what, key, value, "a reason", "ann", Instant.EPOCH);
    }

    private void run() {
        scheduler.run(scheduler.instant().plusMillis(1), Long.MAX_VALUE);
    }

    /** A journal that is durable at once, until it is gone. */
    private static final class Database implements Journal {
        private record Stored(String stream, Line line) {}

        private final List<Stored> lines = new ArrayList<>();
        private final List<Deed> told = new ArrayList<>();
        private int transactions;
        private boolean gone;

        @Override
        public CompletionStage<?> write(List<Entry> entries) {
            if (gone) {
                return CompletableFuture.failedStage(new VinestockException(StoreError.STORE_UNAVAILABLE, "gone"));
            }
            transactions++;
            for (Entry entry : entries) {
                if (entry instanceof Entry.Replace replace) {
                    drop(replace.stream(), replace.key());
                    lines.add(new Stored(
                            replace.stream(),
                            new Line(lines.size() + 1, Instant.EPOCH, replace.key(), replace.text())));
                    assertEquals(true, replace.key().length() <= 200);
                } else if (entry instanceof Entry.Forget forget) {
                    drop(forget.stream(), forget.key());
                } else if (entry instanceof Entry.Tell tell) {
                    told.add(tell.deed());
                }
            }
            return CompletableFuture.completedStage(null);
        }

        private void drop(String stream, String key) {
            lines.removeIf(
                    each -> each.stream().equals(stream) && each.line().key().equals(key));
        }

        @Override
        public CompletionStage<Long> append(String stream, String key, String text) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Long> replace(String stream, String key, String text) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<?> forget(String stream, String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<List<Line>> read(String stream, long after, int limit) {
            return CompletableFuture.completedStage(lines.stream()
                    .filter(each -> each.stream().equals(stream) && each.line().number() > after)
                    .map(Stored::line)
                    .toList());
        }

        @Override
        public CompletionStage<List<Line>> about(String stream, String key) {
            throw new UnsupportedOperationException();
        }
    }
}

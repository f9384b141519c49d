package org.vinestock.testkit.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.vinestock.journal.ArchiveEntry;
import org.vinestock.journal.ArchiveState;
import org.vinestock.journal.Keeping;
import org.vinestock.journal.Line;
import org.vinestock.store.archive.SqlArchives;
import org.vinestock.testkit.postgres.PostgresServer;
import org.vinestock.testkit.sql.Databases;

/** What an archive promises, on both databases; a database of its own for each promise. */
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class SqlArchiveTest {
    private @Nullable PostgresServer server;

    private interface Promise {
        void check(DataSource source) throws Exception;
    }

    private record Named(String name, Promise promise) {}

    private static final List<Named> PROMISES = List.of(
            new Named("finds by number, by key, from both ends, also after a restart", SqlArchiveTest::findsAll),
            new Named("answers what is asked before it is open when it is", SqlArchiveTest::answersWhenItIsOpen),
            new Named("takes numbers that come late", SqlArchiveTest::takesLateNumbers),
            new Named("makes one of many small blocks", SqlArchiveTest::makesOneOfManySmallBlocks),
            new Named("tells keys with the same hash apart", SqlArchiveTest::tellsKeysApart),
            new Named("forgets by bytes, and counts it for ever", SqlArchiveTest::forgetsByBytes),
            new Named("forgets by age", SqlArchiveTest::forgetsByAge),
            new Named("forgets lines of revisions that are gone", SqlArchiveTest::forgetsByRevision),
            new Named("drops and counts what cannot be kept", SqlArchiveTest::dropsWhatCannotBeKept),
            new Named("goes on when the database is back", SqlArchiveTest::goesOnWhenItIsBack),
            new Named("is read by many while it is written", SqlArchiveTest::isReadByMany),
            new Named("reads on past a damaged block", SqlArchiveTest::readsPastDamage));

    @TestFactory
    Stream<DynamicTest> holdsInH2() {
        return PROMISES.stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.name(), () -> each.promise().check(Databases.h2())));
    }

    @TestFactory
    Stream<DynamicTest> holdsInPostgres() {
        PostgresServer started = Databases.postgres();
        server = started;
        return PROMISES.stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.name(), () -> each.promise().check(Databases.postgres(started))));
    }

    @AfterAll
    void end() {
        if (server != null) {
            server.close();
        }
    }

    private static void findsAll(DataSource source) {
        try (ArchiveTrial trial = new ArchiveTrial(source)) {
            trial.append(1, 50);
        }
        try (ArchiveTrial trial = new ArchiveTrial(source)) {
            assertEquals(new ArchiveState(true, 1, 50, 50, trial.archive.state().bytes(), 0, 0), trial.archive.state());
            assertTrue(trial.archive.state().bytes() > 0);
            List<Line> all = trial.await(trial.archive.after(0, 100));
            assertEquals(LongStream.rangeClosed(1, 50).boxed().toList(), ArchiveTrial.numbers(all));
            for (Line line : all) {
                int number = (int) line.number();
                assertEquals(
                        new Line(
                                number,
                                ArchiveTrial.TIME.plusSeconds(number),
                                ArchiveTrial.key(number),
                                ArchiveTrial.text(number)),
                        line);
            }
            assertNumbers(List.of(17L), trial.await(trial.archive.after(16, 1)));
            assertNumbers(List.of(50L, 49L, 48L), trial.await(trial.archive.before(Long.MAX_VALUE, 3)));
            assertNumbers(List.of(20L, 19L), trial.await(trial.archive.before(21, 2)));
            assertNumbers(List.of(47L, 37L), trial.await(trial.archive.about("about-7", Long.MAX_VALUE, 2)));
            assertNumbers(List.of(27L, 17L, 7L), trial.await(trial.archive.about("about-7", 37, 100)));
            assertNumbers(List.of(), trial.await(trial.archive.about("nobody", Long.MAX_VALUE, 100)));
            assertNumbers(List.of(), trial.await(trial.archive.after(50, 1)));
            trial.append(51, 52);
            assertNumbers(List.of(52L, 51L), trial.await(trial.archive.before(Long.MAX_VALUE, 2)));
        }
    }

    private static void answersWhenItIsOpen(DataSource source) {
        try (ArchiveTrial trial = new ArchiveTrial(source)) {
            trial.append(1, 50);
        }
        InstantSource clock = InstantSource.fixed(ArchiveTrial.TIME);
        try (SqlArchives archives = new SqlArchives(source, null, ArchiveTrial.SMALL, clock)) {
            var asked = archives.open("decision", ArchiveTrial.ALL)
                    .before(Long.MAX_VALUE, 2)
                    .toCompletableFuture();
            archives.start();
            assertNumbers(
                    List.of(50L, 49L), asked.orTimeout(20, TimeUnit.SECONDS).join());
        }
    }

    private static void takesLateNumbers(DataSource source) {
        try (ArchiveTrial trial = new ArchiveTrial(source)) {
            trial.append(20, 30);
            trial.append(1, 10);
            trial.append(40, 45);
            trial.append(11, 19);
            trial.append(31, 39);
            assertEquals(
                    LongStream.rangeClosed(1, 45).boxed().toList(),
                    ArchiveTrial.numbers(trial.await(trial.archive.after(0, 100))));
            for (int number = 1; number <= 45; number++) {
                assertNumbers(List.of((long) number), trial.await(trial.archive.after(number - 1, 1)));
                assertNumbers(List.of((long) number), trial.await(trial.archive.before(number + 1, 1)));
            }
            assertNumbers(List.of(43L, 33L, 23L), trial.await(trial.archive.about("about-3", 100, 3)));
        }
    }

    private static void makesOneOfManySmallBlocks(DataSource source) throws SQLException {
        try (ArchiveTrial trial = new ArchiveTrial(source)) {
            for (int number = 1; number <= 100; number++) {
                trial.append(number, number);
            }
            assertEquals(
                    LongStream.rangeClosed(1, 100).boxed().toList(),
                    ArchiveTrial.numbers(trial.await(trial.archive.after(0, 100))));
            assertTrue(count(source, "block") <= 100 / 4 + 4, () -> "blocks: " + count(source, "block"));
            assertEquals(count(source, "block"), count(source, "block_keys"));
            assertEquals(count(source, "block"), count(source, "block_body"));
        }
    }

    private static void tellsKeysApart(DataSource source) {
        assertEquals("Aa".hashCode(), "BB".hashCode());
        try (ArchiveTrial trial = new ArchiveTrial(source)) {
            for (String key : List.of("Aa", "BB", "Aa")) {
                long next = trial.archive.state().lines() + 1;
                trial.archive.append(new ArchiveEntry(next, ArchiveTrial.TIME, key, 0, () -> key));
                ArchiveTrial.await("it is written", () -> trial.archive.state().lines() == next);
            }
            assertNumbers(List.of(2L), trial.await(trial.archive.about("BB", 100, 10)));
            assertNumbers(List.of(3L, 1L), trial.await(trial.archive.about("Aa", 100, 10)));
        }
    }

    private static void forgetsByBytes(DataSource source) {
        Keeping little = new Keeping(Duration.ofDays(1), 1_000);
        long forgotten;
        try (ArchiveTrial trial = new ArchiveTrial(source, little, InstantSource.fixed(ArchiveTrial.TIME))) {
            for (int number = 1; number <= 200; number++) {
                trial.append(number);
                int given = number;
                ArchiveTrial.await("it is written", () -> trial.archive.state().newest() == given);
            }
            trial.archives.revisionsBefore(0); // has it look once more
            ArchiveTrial.await("little is left", () -> trial.archive.state().bytes() <= 1_000);
            ArchiveState state = trial.archive.state();
            forgotten = state.forgotten();
            assertEquals(200, forgotten + state.lines());
            assertTrue(state.lines() > 0 && forgotten > 100, state::toString);
            assertEquals(forgotten + 1, state.oldest());
            assertNumbers(List.of(forgotten + 1), trial.await(trial.archive.after(0, 1)));
        }
        try (ArchiveTrial trial = new ArchiveTrial(source)) {
            assertEquals(forgotten, trial.archive.state().forgotten());
        }
    }

    private static void forgetsByAge(DataSource source) {
        try (ArchiveTrial trial = new ArchiveTrial(source)) {
            trial.append(1, 80);
        }
        Keeping hour = new Keeping(Duration.ofHours(1), 1L << 40);
        InstantSource later = InstantSource.fixed(ArchiveTrial.TIME.plusSeconds(3_600 + 50));
        try (ArchiveTrial trial = new ArchiveTrial(source, hour, later)) {
            ArchiveTrial.await("some are forgotten", () -> trial.archive.state().forgotten() > 0);
            ArchiveState state = trial.archive.state();
            assertTrue(state.oldest() <= 50 && state.oldest() > 50 - 16, state::toString);
            assertEquals(80, state.newest());
        }
    }

    private static void forgetsByRevision(DataSource source) {
        try (ArchiveTrial trial = new ArchiveTrial(source)) {
            trial.append(1, 80);
            assertEquals(1, trial.archives.oldestRevision());
            trial.archives.revisionsBefore(40);
            ArchiveTrial.await("some are forgotten", () -> trial.archive.state().forgotten() > 0);
            assertTrue(trial.archives.oldestRevision() >= 40, "a line was kept whose revision is gone");
            assertEquals(trial.archives.oldestRevision(), trial.archive.state().oldest());
            assertTrue(trial.archive.state().oldest() < 40 + 16, "more was forgotten than had to be");
        }
    }

    private static void dropsWhatCannotBeKept(DataSource source) {
        try (ArchiveTrial trial = new ArchiveTrial(source)) {
            trial.append(1);
            trial.archive.append(new ArchiveEntry(2, ArchiveTrial.TIME, "x", 0, () -> {
                throw new IllegalArgumentException("cannot be written as JSON");
            }));
            trial.archive.append(new ArchiveEntry(3, ArchiveTrial.TIME, "x", 0, () -> "x".repeat(300_001)));
            trial.append(4);
            ArchiveTrial.await(
                    "the last is written", () -> trial.archive.state().newest() == 4);
            assertEquals(2, trial.archive.state().dropped());
            assertNumbers(List.of(1L, 4L), trial.await(trial.archive.after(0, 10)));
        }
    }

    private static void goesOnWhenItIsBack(DataSource reliable) throws SQLException {
        FailingSource source = new FailingSource(reliable);
        ConcurrentLinkedQueue<String> woken = new ConcurrentLinkedQueue<>();
        try (ArchiveTrial trial = new ArchiveTrial(source)) {
            trial.append(1, 3);
            trial.archives.onTrouble(Runnable::run, () -> woken.add(trial.archives.trouble()));
            source.cut();
            for (int number = 4; number <= 300; number++) {
                trial.append(number);
            }
            ArchiveTrial.await("it says so", () -> !trial.archives.trouble().isEmpty());
            ArchiveTrial.await(
                    "something is dropped", () -> trial.archive.state().dropped() > 0);
            assertTrue(trial.archive.state().known());
            source.back();
            ArchiveTrial.await("it is over", () -> trial.archives.trouble().isEmpty());
            trial.append(301);
            ArchiveTrial.await("it goes on", () -> trial.archive.state().newest() == 301);
            ArchiveState state = trial.archive.state();
            assertEquals(301, state.lines() + state.dropped(), state::toString);
            assertTrue(state.lines() >= 100, "what waited is not there");
            assertEquals(
                    state.lines(),
                    trial.await(trial.archive.after(0, 1_000)).stream()
                            .distinct()
                            .count());
            assertEquals("", new ArrayList<>(woken).get(woken.size() - 1));
            assertTrue(woken.size() >= 2, woken::toString);
        }
    }

    private static void isReadByMany(DataSource source) throws InterruptedException {
        ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();
        AtomicBoolean end = new AtomicBoolean();
        try (ArchiveTrial trial = new ArchiveTrial(source)) {
            List<Thread> readers = IntStream.range(0, 6)
                    .mapToObj(each -> new Thread(() -> {
                        try {
                            while (!end.get()) {
                                long newest = trial.archive.state().newest();
                                List<Long> all = ArchiveTrial.numbers(trial.await(trial.archive.after(0, 10_000)));
                                assertTrue(all.size() >= newest, "lines are missing");
                                assertEquals(
                                        LongStream.rangeClosed(1, all.size())
                                                .boxed()
                                                .toList(),
                                        all);
                            }
                        } catch (Throwable thrown) {
                            wrong.add(thrown);
                        }
                    }))
                    .toList();
            readers.forEach(Thread::start);
            for (int number = 1; number <= 400; number += 3) {
                trial.append(number, number + 2);
            }
            end.set(true);
            for (Thread reader : readers) {
                reader.join();
            }
        }
        assertEquals(List.of(), List.copyOf(wrong));
    }

    private static void readsPastDamage(DataSource source) {
        try (ArchiveTrial trial = new ArchiveTrial(source)) {
            for (int number = 1; number <= 24; number += 8) {
                trial.append(number, number + 7);
            }
        }
        byte[] nonsense = {1, 2, 3};
        try (var connection = source.getConnection();
                var update = connection.prepareStatement(
                        "update block_body set body = ? where id = (select min(id) from block)")) {
            update.setBytes(1, nonsense);
            assertEquals(1, update.executeUpdate());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        try (ArchiveTrial trial = new ArchiveTrial(source)) {
            List<Long> left = ArchiveTrial.numbers(trial.await(trial.archive.after(0, 100)));
            assertTrue(left.size() >= 8 && left.size() < 24 && left.contains(24L), left::toString);
        }
    }

    /** The test of what PostgreSQL has and H2 in memory has not: a schema that is made. */
    @Test
    void makesItsSchema() {
        try (PostgresServer postgres = Databases.postgres()) {
            String url = postgres.database("shared");
            org.postgresql.ds.PGSimpleDataSource source = new org.postgresql.ds.PGSimpleDataSource();
            source.setURL(url + (url.indexOf('?') < 0 ? "?" : "&") + "currentSchema=ledger");
            try (SqlArchives archives =
                    new SqlArchives(source, "ledger", ArchiveTrial.SMALL, InstantSource.fixed(ArchiveTrial.TIME))) {
                archives.start();
                var archive = archives.open("decision", ArchiveTrial.ALL);
                archive.append(new ArchiveEntry(1, ArchiveTrial.TIME, "vm-1", 0, () -> "x"));
                ArchiveTrial.await("it is written", () -> archive.state().newest() == 1);
            }
            assertEquals(1, count(source, "ledger.block"));
        }
    }

    @Test
    void whatWasDurableIsThereAfterKills(@TempDir Path folder) throws Exception {
        long newest = 0;
        for (int kill = 0; kill < 3; kill++) {
            long seen = ArchiveVictim.runAndKill(folder, 30 + 40 * kill);
            try (ArchiveTrial trial = new ArchiveTrial(Databases.h2(folder))) {
                ArchiveState state = trial.archive.state();
                assertTrue(state.newest() >= seen, "line " + seen + " was durable; now there are " + state);
                assertTrue(state.newest() > newest, "nothing was written before the kill");
                newest = state.newest();
                assertEquals(newest, state.lines(), "there is a gap");
                assertEquals(
                        newest, trial.await(trial.archive.after(0, 10_000_000)).size());
            }
        }
    }

    private static void assertNumbers(List<Long> expected, List<Line> lines) {
        assertEquals(expected, ArchiveTrial.numbers(lines));
    }

    private static int count(DataSource source, String table) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}

package org.vinestock.testkit.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.Commit;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.HostRow;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.OccupantRow;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.journal.Line;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.model.VinestockException;
import org.vinestock.model.VmId;
import org.vinestock.store.sql.Following;
import org.vinestock.store.sql.KindClasses;
import org.vinestock.store.sql.Settings;
import org.vinestock.store.sql.SqlStore;
import org.vinestock.store.write.Retention;

/** What a store in SQL promises beyond the inventory's contract: what is kept, who leads, what is said. */
class SqlStoreTest {
    record Machine(HostId id, boolean accepts, long millicores, long memory) implements HostRow {}

    record Guest(VmId id, @Nullable HostId host, long millicores, long memory) implements OccupantRow {}

    private static final Kind<Machine> HOST = new Kind<>("host", Machine.class);
    private static final Kind<Guest> VM = new Kind<>("vm", Guest.class);
    private static final KindClasses CLASSES = KindClasses.of(SqlStoreTest.class.getClassLoader());

    private final DataSource source = Databases.h2();

    @Test
    void findsEverythingAgain() {
        Snapshot before;
        try (SqlTrial first = new SqlTrial(source)) {
            fill(first, 20);
            before = first.inventory().committed();
            first.await(first.store.journal().append("task", "t-1", "{\"a\":1}"));
        }
        try (SqlTrial second = new SqlTrial(source)) {
            Snapshot after = second.inventory().head();
            assertEquals(before.ref(), after.ref());
            assertEquals(text(before), text(after));
            assertEquals(
                    List.of("{\"a\":1}"),
                    texts(second.await(second.store.journal().read("task", 0, 10))));
            assertEquals(2, second.await(second.store.journal().append("task", "t-2", "")));
            assertEquals(before.ref().revision() + 1, commit(second, host("z")));
        }
    }

    @Test
    void goesOnFromACheckpointWithTheSameRowNumbers() {
        Settings often = settings("test", 8, 1_000);
        String before;
        try (SqlTrial first = new SqlTrial(source, often)) {
            fill(first, 40);
            commit(first, new Change.Removed(HOST, new HostId("h2")));
            awaitCheckpoint(1);
            before = text(first.inventory().committed());
        }
        try (SqlTrial second = new SqlTrial(source, often)) {
            assertEquals(before, text(second.inventory().head()));
            assertEquals(2, second.inventory().head().hosts().row(new HostId("h2")));
        }
    }

    @Test
    void looksAtFormerStatesThatMemoryHasNoMore() {
        Settings little = new Settings("test", Duration.ZERO, new Retention(2, 5, 10), 8, 1_000);
        List<String> states = new ArrayList<>();
        try (SqlTrial trial = new SqlTrial(source, little)) {
            for (int i = 0; i < 30; i++) {
                commit(trial, host("h" + i % 7), guest(i, "h" + i % 7));
                states.add(text(trial.inventory().head()));
            }
            trial.inventory().measure(List.of(new HostLoad(new HostId("h1"), 0.5)));
            for (int revision = 1; revision <= 30; revision++) {
                Snapshot former = trial.await(trial.inventory().at(new SnapshotRef(revision, 0)));
                assertEquals(states.get(revision - 1), text(former), "revision " + revision);
            }
            Snapshot loaded = trial.await(trial.inventory().at(new SnapshotRef(5, 1)));
            assertEquals(0.5, loaded.hosts().load(loaded.hosts().row(new HostId("h1"))));
        }
    }

    @Test
    void forgetsWhatIsOlderThanItIsToldToKeep() {
        Settings little = new Settings("test", Duration.ZERO, new Retention(2, 5, 10), 10, 20);
        try (SqlTrial trial = new SqlTrial(source, little)) {
            for (int i = 0; i < 100; i++) {
                commit(trial, host("h" + i % 7));
                if (i % 10 == 9) {
                    awaitCheckpoint(i / 10 < 3 ? 1 : 2);
                }
            }
            CompletionException gone = assertThrows(
                    CompletionException.class,
                    () -> trial.await(trial.inventory().at(new SnapshotRef(5, 0))));
            assertTrue(gone.getCause().getMessage().startsWith("revision 5 is not kept"), gone.toString());
            assertEquals(
                    85,
                    trial.await(trial.inventory().at(new SnapshotRef(85, 0)))
                            .ref()
                            .revision());
            long until = System.currentTimeMillis() + 20_000;
            for (int i = 0; count("select count(*) from change") > 40; i++) {
                assertTrue(System.currentTimeMillis() < until, "changes are not forgotten");
                commit(trial, host("h" + i % 7)); // while a checkpoint is under way no other begins
            }
        }
    }

    @Test
    void givesUpWhatASecondLeaderDidNotSee() {
        SqlTrial first = new SqlTrial(source);
        commit(first, host("a"));
        try (SqlTrial second = new SqlTrial(source, settings("second", 100, 100))) {
            assertEquals(first.store.epoch() + 1, second.store.epoch());
            CompletionStage<Commit> late = begin(first, host("b"));
            CompletionException refused = assertThrows(CompletionException.class, () -> first.await(late));
            assertEquals(
                    "NOT_LEADING",
                    ((VinestockException) refused.getCause()).code().name());
            CompletionException ended =
                    assertThrows(CompletionException.class, () -> first.await(begin(first, host("c"))));
            assertEquals(
                    "NOT_LEADING",
                    ((VinestockException) ended.getCause()).code().name());
            assertEquals(2, commit(second, host("d")));
            assertEquals(1, first.inventory().committed().ref().revision());
        }
        first.close(); // its thread says so after it has refused
        assertEquals(List.of("another process leads now; this one led with epoch 1"), first.troubles);
    }

    @Test
    void letsNobodyInWhileALeaderSpeaks() {
        Settings spoken = new Settings("first", Duration.ofSeconds(30), Retention.USUAL, 100, 100);
        Settings other = new Settings("second", Duration.ofSeconds(30), Retention.USUAL, 100, 100);
        try (SqlTrial first = new SqlTrial(source, spoken)) {
            VinestockException refused = assertThrows(VinestockException.class, () -> new SqlTrial(source, other));
            assertEquals(
                    "first leads with epoch 1; this one leads when that one is silent for 30 s", refused.getMessage());
            commit(first, host("a"));
        }
        try (SqlTrial second = new SqlTrial(source, other)) {
            assertEquals(2, second.store.epoch(), "a leader that ends in order lets the next one lead at once");
        }
    }

    /** A clock that is set back or forward shows in the row only; what counts is what the other process sees in its time. */
    @Test
    void takesOverFromALeaderThatStandsStillWhateverAnyClockSays() {
        long[] nanos = {7};
        Duration patience = Duration.ofSeconds(30);
        Settings leading = new Settings("first", patience, Retention.USUAL, 100, 100);
        Settings waiting = new Settings("second", patience, Retention.USUAL, 100, 100);
        Following following = new Following(patience, () -> nanos[0]);
        SqlTrial first = new SqlTrial(source, leading);
        Databases.by(source, "update leader set renewed = timestamp with time zone '1970-01-01 00:00:00+00'");
        assertRefused(waiting, following, "the clock went forward by decades");
        nanos[0] += Duration.ofSeconds(29).toNanos();
        assertRefused(waiting, following, "29 s");
        commit(first, host("a"));
        nanos[0] += Duration.ofSeconds(29).toNanos();
        assertRefused(waiting, following, "it wrote since");
        nanos[0] += Duration.ofSeconds(29).toNanos();
        assertRefused(waiting, following, "29 s again");
        Databases.by(source, "update leader set renewed = timestamp with time zone '2099-01-01 00:00:00+00'");
        nanos[0] += Duration.ofSeconds(2).toNanos();
        try (SqlTrial second = new SqlTrial(source, waiting, following)) {
            assertEquals(2, second.store.epoch());
            assertEquals(2, commit(second, host("b")));
            assertThrows(CompletionException.class, () -> first.await(begin(first, host("c"))));
        }
        first.close();
    }

    private void assertRefused(Settings waiting, Following following, String why) {
        VinestockException refused =
                assertThrows(VinestockException.class, () -> new SqlTrial(source, waiting, following), why);
        assertEquals("NOT_LEADING", refused.code().name(), why);
    }

    @Test
    void keepsNumbersAndOrderWhenTheClockSteps() {
        Instant[] now = {Instant.parse("2026-11-20T12:00:00Z")};
        List<Instant> times = new ArrayList<>();
        try (SqlTrial trial = new SqlTrial(source, SqlTrial.SETTINGS, () -> now[0])) {
            for (Duration step : List.of(Duration.ZERO, Duration.ofDays(-400), Duration.ofDays(900), Duration.ZERO)) {
                now[0] = now[0].plus(step);
                commit(trial, host("h" + times.size()));
                trial.await(trial.store.journal().append("steps", "s", String.valueOf(times.size())));
                times.add(now[0]);
            }
        }
        try (SqlTrial trial = new SqlTrial(source)) {
            List<Line> lines = trial.await(trial.store.journal().read("steps", 0, 10));
            assertEquals(List.of("0", "1", "2", "3"), texts(lines));
            assertEquals(times, lines.stream().map(Line::at).toList());
            assertEquals(4, trial.inventory().head().rows(HOST).size());
        }
    }

    @Test
    void bringsTheTablesOfTheFirstVersionUpToDate(@TempDir Path folder) {
        DataSource old = Databases.h2(folder);
        Flyway.configure()
                .dataSource(old)
                .table("migration")
                .locations("classpath:org/vinestock/store/sql")
                .target("1")
                .load()
                .migrate();
        String machine = "{\"id\":\"a\",\"accepts\":true,\"millicores\":64000,\"memory\":256}";
        Databases.by(
                old,
                "insert into kind values ('host', '" + Machine.class.getName() + "')",
                "insert into change values (1, 0, 'host', 'host', 'a', '" + machine + "')",
                "insert into change values (1, 1, 'host', 'host', 'b', '" + machine.replace("\"a\"", "\"b\"") + "')",
                "insert into change values (2, 0, 'host', 'host', 'a', null)",
                "insert into line values ('task', 2, current_timestamp, 't-2', 'second')",
                "insert into line values ('task', 1, current_timestamp, 't-1', 'first')",
                "insert into line values ('other', 1, current_timestamp, 'x', 'third')");
        try (SqlTrial trial = new SqlTrial(old)) {
            assertEquals(2, trial.inventory().head().ref().revision());
            assertEquals(1, trial.inventory().head().rows(HOST).size());
            assertTrue(trial.inventory().head().rows(HOST).find(new HostId("b")).isPresent());
            var journal = trial.store.journal();
            assertEquals(List.of("first", "second"), texts(trial.await(journal.read("task", 0, 10))));
            assertEquals(List.of("third"), texts(trial.await(journal.about("other", "x"))));
            trial.await(journal.forget("task", "t-1"));
            trial.await(journal.append("task", "t-3", "third"));
            assertEquals(List.of("second", "third"), texts(trial.await(journal.read("task", 0, 10))));
            assertEquals(3, commit(trial, host("c")));
        }
    }

    @Test
    void forgetsWhatWasGivenInTheSameBatch() {
        try (SqlTrial trial = new SqlTrial(source)) {
            var journal = trial.store.journal();
            for (int i = 0; i < 50; i++) {
                begin(trial, host("h" + i)); // keeps the writer busy, so that what follows waits together
                journal.append("x", "a", "one");
                journal.forget("x", "a");
                journal.append("x", "b", "two");
                journal.forget("x", "b");
            }
            trial.await(journal.append("x", "c", "last"));
            assertEquals(List.of("last"), texts(trial.await(journal.read("x", 0, 10))));
        }
    }

    @Test
    void saysWhatDidNotFitAndChangesNothing(@TempDir Path folder) {
        DataSource file = Databases.h2(folder);
        try (SqlTrial trial = new SqlTrial(file)) {
            commit(trial, host("a"));
        }
        Databases.by(file, "update change set body = '{}'");
        assertUnreadable(file, "the row of host a (host): ");
        Databases.by(
                file,
                "insert into \"migration\" (\"installed_rank\", \"version\", \"description\", \"type\", \"script\","
                        + " \"installed_by\", \"execution_time\", \"success\") values (1000, '99', 'later', 'SQL',"
                        + " 'V99__later.sql', 'x', 1, true)");
        assertUnreadable(file, "a later version of Vinestock has used this database");
    }

    @Test
    void keepsRowsThatNobodyHereCanRead() {
        Settings often = settings("test", 8, 0);
        try (SqlTrial trial = new SqlTrial(source, often)) {
            commit(trial, host("a"), guest(1, "a"));
        }
        Databases.by(source, "update kind set class = 'org.gone.Guest' where name = 'vm'");
        try (SqlTrial without = new SqlTrial(source, often)) {
            assertEquals(Map.of("vm", "org.gone.Guest"), without.store.unread());
            for (int i = 0; i < 20; i++) {
                commit(without, host("h" + i));
            }
            awaitCheckpoint(1);
        }
        Databases.by(source, "update kind set class = '" + Guest.class.getName() + "' where name = 'vm'");
        try (SqlTrial again = new SqlTrial(source, often)) {
            assertEquals(Map.of(), again.store.unread());
            assertEquals(1, again.inventory().head().rows(VM).size());
            assertEquals(64_000 - 1_001, again.inventory().head().hosts().freeMillicores(0));
        }
    }

    @Test
    void keepsTheNewestOfWhatIsReplaced() {
        try (SqlTrial trial = new SqlTrial(source)) {
            var journal = trial.store.journal();
            journal.replace("ids", "vm", "1");
            journal.replace("ids", "host", "7");
            journal.replace("ids", "vm", "2");
            journal.append("other", "vm", "3");
            trial.await(journal.replace("ids", "vm", "4"));
            assertEquals(List.of("7", "4"), texts(trial.await(journal.read("ids", 0, 10))));
            journal.forget("ids", "vm");
            trial.await(journal.append("ids", "vm", "5"));
            assertEquals(List.of("5"), texts(trial.await(journal.about("ids", "vm"))));
            assertEquals(List.of("3"), texts(trial.await(journal.read("other", 0, 10))));
            assertThrows(IllegalArgumentException.class, () -> journal.append("ids", "", "x"));
            assertThrows(IllegalArgumentException.class, () -> journal.append("ids", "x", "x".repeat(1_000_001)));
        }
    }

    private void assertUnreadable(DataSource damaged, String words) {
        VinestockException unreadable = assertThrows(
                VinestockException.class,
                () -> SqlStore.open(
                        damaged, new JsonCodec(), CLASSES, SqlTrial.SETTINGS, Clock.systemUTC(), lost -> {}));
        assertEquals("STORE_UNREADABLE", unreadable.code().name(), unreadable.toString());
        assertTrue(unreadable.getMessage().startsWith(words), unreadable.getMessage());
    }

    private static Settings settings(String holder, long checkpointEvery, long kept) {
        return new Settings(holder, Duration.ZERO, Retention.USUAL, checkpointEvery, kept);
    }

    /** Some hosts and VMs that come, move and go. */
    private static void fill(SqlTrial trial, int rounds) {
        for (int i = 0; i < rounds; i++) {
            commit(trial, host("h" + i % 5), guest(i, "h" + i % 5));
            if (i % 3 == 2) {
                commit(trial, guest(i - 1, "h" + (i + 1) % 5), new Change.Removed(VM, new VmId("vm-" + (i - 2))));
            }
        }
    }

    private static Change host(String name) {
        HostId id = new HostId(name);
        return new Change.Put<>(HOST, id, new Machine(id, true, 64_000, 256));
    }

    private static Change guest(int number, String host) {
        VmId id = new VmId("vm-" + number);
        return new Change.Put<>(VM, id, new Guest(id, new HostId(host), 1_000 + number, 3));
    }

    private static CompletionStage<Commit> begin(SqlTrial trial, Change... changes) {
        return trial.inventory()
                .commit(new ChangeSet(trial.inventory().head().ref().revision(), List.of(changes)));
    }

    private static long commit(SqlTrial trial, Change... changes) {
        return assertInstanceOf(Commit.Done.class, trial.await(begin(trial, changes)))
                .revision();
    }

    private static List<String> texts(List<Line> lines) {
        return lines.stream().map(Line::text).toList();
    }

    private void awaitCheckpoint(int atLeast) {
        long until = System.currentTimeMillis() + 20_000;
        while (count("select count(*) from checkpoint") < atLeast) {
            assertTrue(System.currentTimeMillis() < until, "no checkpoint within 20 s");
            LockSupport.parkNanos(100_000); // others need the processors
        }
    }

    private int count(String query) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything that a snapshot shows. */
    private static String text(Snapshot snapshot) {
        StringBuilder text = new StringBuilder();
        Hosts hosts = snapshot.hosts();
        for (int row = 0; row < hosts.end(); row++) {
            text.append(hosts.id(row)).append(' ').append(hosts.accepts(row)).append(' ');
            text.append(hosts.freeMillicores(row)).append('/').append(hosts.freeMemory(row));
            text.append('\n');
        }
        snapshot.rows(HOST).forEach(row -> text.append(row).append('\n'));
        snapshot.rows(VM).forEach(row -> text.append(row).append('\n'));
        return text.toString();
    }
}

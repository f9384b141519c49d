package org.vinestock.testkit.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vinestock.audit.AuditFault;
import org.vinestock.audit.AuditFilter;
import org.vinestock.audit.AuditReport;
import org.vinestock.audit.AuditRow;
import org.vinestock.audit.Deed;
import org.vinestock.journal.Entry;
import org.vinestock.store.audit.Anchor;
import org.vinestock.store.audit.AnchorFile;
import org.vinestock.store.audit.Anchorage;
import org.vinestock.store.sql.Settings;
import org.vinestock.store.write.Retention;
import org.vinestock.testkit.postgres.PostgresServer;

/** The audit in a database: what is done to its rows by hand is found, and what was acknowledged is there. */
class SqlAuditTest {
    private static final Settings SETTINGS = SqlTrial.SETTINGS;

    @TempDir
    private Path folder;

    private final DataSource source = Databases.h2();
    private Anchorage anchorage = Anchorage.none();

    @BeforeEach
    void anchored() {
        anchorage = new AnchorFile(folder.resolve("audit.head"));
    }

    @Test
    void isTheSameInPostgres() {
        try (PostgresServer server = Databases.postgres()) {
            findsWhatWasDoneByHand(Databases.postgres(server));
        }
    }

    @Test
    void findsWhatWasDoneByHand() {
        findsWhatWasDoneByHand(source);
    }

    private void findsWhatWasDoneByHand(DataSource database) {
        tell(database, 1, 9);
        assertEquals(new AuditReport(9, 9, 9, List.of()), verify(database));

        Databases.by(database, "update audit set who = 'eve' where number = 4");
        assertEquals(List.of("row 4 was changed, or row 3 together with its hash"), faults(database));
        Databases.by(database, "update audit set who = 'ann' where number = 4");
        assertEquals(List.of(), faults(database));

        Databases.by(database, "update audit set at = at + interval '1' second where number = 1");
        assertEquals(List.of("row 1 was changed"), faults(database));
        Databases.by(database, "update audit set at = at - interval '1' second where number = 1");

        Databases.by(database, "delete from audit where number = 6");
        assertEquals(List.of("row 6 was removed"), faults(database));
    }

    @Test
    void looksAtManyRowsWhileOthersAreAnswered() {
        try (SqlTrial trial = open(source)) {
            for (int i = 1; i < 12_000; i++) {
                var unused = trial.store.audit().tell(deed(i));
            }
            trial.await(trial.store.audit().tell(deed(12_000)));
            Databases.by(source, "update audit set who = 'eve' where number = 11000");
            List<Long> looked = new ArrayList<>();
            List<CompletableFuture<?>> others = new ArrayList<>();
            AuditReport report = trial.await(trial.store.audit().verify((rows, last) -> {
                assertEquals(12_000, last);
                looked.add(rows);
                others.forEach(other -> assertTrue(other.isDone(), "who asked meanwhile waits no longer than a part"));
                others.add(trial.store.audit().newest(AuditFilter.ALL, 9, 1).toCompletableFuture());
            }));
            assertEquals(List.of(5_000L, 10_000L, 12_000L), looked);
            assertEquals(12_000, report.rows());
            assertEquals(
                    List.of("row 11000 was changed, or row 10999 together with its hash"),
                    report.faults().stream().map(AuditFault::message).toList());
        }
    }

    @Test
    void endsALookAsItsWatchSays() {
        tell(source, 1, 3);
        try (SqlTrial trial = open(source)) {
            IllegalStateException enough = new IllegalStateException("enough");
            CompletionException thrown = assertThrows(
                    CompletionException.class,
                    () -> trial.store
                            .audit()
                            .verify((rows, last) -> {
                                throw enough;
                            })
                            .toCompletableFuture()
                            .join());
            assertEquals(enough, thrown.getCause());
            assertEquals(3, trial.await(trial.store.audit().verify()).rows());
        }
    }

    @Test
    void findsThatTheEndWasCutOffAlsoWhenMoreIsWrittenBehindIt() throws IOException {
        tell(source, 1, 9);
        Databases.by(source, "delete from audit where number > 7");
        try (SqlTrial trial = open(source)) {
            trial.await(trial.store.audit().tell(deed(11)));
            assertEquals(
                    List.of(11L, 10L, 7L),
                    numbers(trial, AuditFilter.ALL).subList(0, 3),
                    "the store says so in a row of its own, behind the number that was anchored");
        }
        String says = "rows 8 to 9 are missing: the anchor in " + anchorage.shown() + " is ahead of the database";
        assertEquals(List.of("rows 8 to 9 were removed", "row 10 says: " + says), faults(source));
        tell(source, 12, 20);
        assertEquals(List.of("rows 8 to 9 were removed", "row 10 says: " + says), faults(source));
        assertEquals(20, anchorage.read().orElseThrow().number());
    }

    @Test
    void findsThatTheEndIsCutOffWhileItRuns() {
        tell(source, 1, 5);
        try (SqlTrial trial = open(source)) {
            trial.await(trial.store.audit().tell(deed(6)));
            Databases.by(source, "delete from audit where number > 4");
            AuditReport report = trial.await(trial.store.audit().verify());
            assertEquals(
                    List.of(new AuditFault(5, AuditFault.Kind.CUT_OFF, "rows 5 to 6 were cut off")), report.faults());
        }
    }

    @Test
    void findsThatAllWasWrittenAnew() {
        tell(source, 1, 5);
        Databases.by(source, "delete from audit");
        try (SqlTrial forger = new SqlTrial(source)) {
            for (int i = 1; i <= 5; i++) {
                forger.await(forger.store.audit().tell(new Deed("eve", "vm.create", "vm-" + i, "")));
            }
        }
        String says = "row 5 is not the one that was anchored in " + anchorage.shown();
        try (SqlTrial trial = open(source)) {
            trial.await(trial.store.audit().tell(deed(6)));
        }
        assertEquals(List.of("row 6 says: " + says), faults(source));
    }

    @Test
    void saysThatItIsAnchoredForTheFirstTime() throws IOException {
        tell(source, 1, 3);
        Files.delete(folder.resolve("audit.head"));
        try (SqlTrial trial = open(source)) {
            trial.await(trial.store.audit().tell(deed(5)));
            List<AuditRow> rows = trial.await(trial.store.audit().newest(AuditFilter.ALL, 99, 2));
            assertEquals("audit.anchored", rows.get(1).what());
        }
        assertEquals(List.of(), faults(source));
    }

    @Test
    void saysThatTheAnchorIsDamaged() throws IOException {
        tell(source, 1, 3);
        Files.writeString(folder.resolve("audit.head"), "3 what");
        tell(source, 4, 4);
        List<String> faults = faults(source);
        assertEquals(1, faults.size(), faults.toString());
        assertTrue(faults.get(0).startsWith("row 4 says: the anchor could not be read: "), faults.toString());
    }

    /** Whatever moment the process dies at, the anchor is of a row that is durable: it is looked up before it is kept. */
    @Test
    void anchorsNothingThatIsNotDurable() {
        List<Anchor> kept = Collections.synchronizedList(new ArrayList<>());
        List<String> ahead = Collections.synchronizedList(new ArrayList<>());
        Anchorage looking = new Anchorage() {
            @Override
            public Optional<Anchor> read() {
                return kept.isEmpty() ? Optional.empty() : Optional.of(kept.get(kept.size() - 1));
            }

            @Override
            public void write(Anchor anchor) {
                if (!hash(anchor.number()).equals(anchor.hash())) {
                    ahead.add(anchor.toString());
                }
                kept.add(anchor);
            }

            @Override
            public String shown() {
                return "a list";
            }
        };
        try (SqlTrial trial = new SqlTrial(source, SETTINGS, looking)) {
            for (int i = 1; i < 2_000; i++) {
                trial.store.audit().tell(deed(i));
            }
            trial.await(trial.store.audit().tell(deed(2_000)));
        }
        assertEquals(List.of(), ahead);
        assertEquals(2_000, kept.get(kept.size() - 1).number(), "whoever closes it writes the end");
        assertTrue(kept.size() < 100, "an anchor for each row costs too much: " + kept.size());
        try (SqlTrial later = new SqlTrial(source, SETTINGS, looking)) {
            kept.remove(kept.size() - 1);
            kept.add(new Anchor(1_990, hash(1_990))); // the process died before it wrote the last one
            assertEquals(List.of(), later.await(later.store.audit().verify()).faults());
        }
    }

    @Test
    void keepsADeedAndItsLinesTogetherOrNeither() {
        try (SqlTrial trial = open(source)) {
            trial.await(trial.store
                    .journal()
                    .write(List.of(
                            new Entry.Append("task", "t-1", "accepted"),
                            new Entry.Replace("state", "a", "1"),
                            new Entry.Replace("state", "a", "2"),
                            new Entry.Tell(deed(1)),
                            new Entry.Tell(deed(2)))));
            assertEquals(2, trial.await(trial.store.audit().verify()).rows());
            assertEquals(
                    List.of("2"),
                    trial.await(trial.store.journal().read("state", 0, 9)).stream()
                            .map(line -> line.text())
                            .toList());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> trial.store
                            .journal()
                            .write(List.of(new Entry.Tell(deed(3)), new Entry.Append("task", "", "x"))));
            // The row that is next is taken already: the transaction fails, and with it what was to be told.
            Databases.by(source, "insert into audit values (3, current_timestamp, 'x', 'x', 'x', 'x', 'x')");
            assertThrows(
                    CompletionException.class,
                    () -> trial.await(trial.store
                            .journal()
                            .write(List.of(new Entry.Append("task", "t-1", "ended"), new Entry.Tell(deed(3))))));
        }
        Databases.by(source, "delete from audit where number = 3");
        try (SqlTrial later = open(source)) {
            assertEquals(
                    1, later.await(later.store.journal().read("task", 0, 9)).size());
            assertEquals(List.of(), later.await(later.store.audit().verify()).faults());
        }
    }

    @Test
    void givesNothingToTheChainThatAFormerLeaderTold() {
        SqlTrial former = open(source);
        former.await(former.store.audit().tell(deed(1)));
        try (SqlTrial leader = new SqlTrial(
                source, new Settings("second", Duration.ZERO, Retention.USUAL, 100, 100), Anchorage.none())) {
            assertThrows(
                    CompletionException.class,
                    () -> former.await(former.store.audit().tell(deed(2))));
            leader.await(leader.store.audit().tell(deed(3)));
            assertEquals(List.of(), leader.await(leader.store.audit().verify()).faults());
        }
        former.close();
    }

    @Test
    void showsWhatIsAskedFor() {
        try (SqlTrial trial = open(source)) {
            var audit = trial.store.audit();
            audit.tell(new Deed("ann", "vm.create", "vm-1", ""));
            audit.tell(new Deed("bob", "vm.delete", "vm-1 vm-2", ""));
            audit.tell(new Deed("bob", "vm.create", "vm-11", ""));
            Instant since = Instant.now().plusSeconds(60);
            trial.await(audit.tell(new Deed("ann", "platform.freeze", "", "x".repeat(10_000))));
            assertEquals(List.of(4L, 3L, 2L, 1L), numbers(trial, AuditFilter.ALL));
            assertEquals(List.of(4L, 1L), numbers(trial, new AuditFilter("ann", "", null)));
            assertEquals(List.of(2L, 1L), numbers(trial, new AuditFilter("", "vm-1", null)));
            assertEquals(List.of(2L), numbers(trial, new AuditFilter("bob", "vm-1", null)));
            assertEquals(List.of(), numbers(trial, new AuditFilter("", "", since)));
            assertEquals(
                    List.of(2L),
                    trial.await(audit.newest(AuditFilter.ALL, 3, 1)).stream()
                            .map(AuditRow::number)
                            .toList());
            String details =
                    trial.await(audit.newest(AuditFilter.ALL, 9, 1)).get(0).details();
            assertEquals(Deed.LONGEST_DETAILS, details.length());
            assertTrue(details.endsWith("x ... (10000 characters)"), details.substring(3_900));
        }
    }

    private List<Long> numbers(SqlTrial trial, AuditFilter filter) {
        return trial.await(trial.store.audit().newest(filter, Long.MAX_VALUE, 100)).stream()
                .map(AuditRow::number)
                .toList();
    }

    private static Deed deed(int number) {
        return new Deed("ann", "vm.create", "vm-" + number, "t-" + number + " accepted: {\"ü\":1}");
    }

    private SqlTrial open(DataSource database) {
        return new SqlTrial(database, SETTINGS, anchorage);
    }

    private void tell(DataSource database, int first, int last) {
        try (SqlTrial trial = open(database)) {
            for (int i = first; i <= last; i++) {
                trial.await(trial.store.audit().tell(deed(i)));
            }
        }
    }

    /** Looks as somebody does who does not run it: the rows are those of the database, and so is the end. */
    private AuditReport verify(DataSource database) {
        try (SqlTrial trial = open(database)) {
            return trial.await(trial.store.audit().verify());
        }
    }

    private List<String> faults(DataSource database) {
        return verify(database).faults().stream().map(AuditFault::message).toList();
    }

    private String hash(long number) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select hash from audit where number = " + number)) {
            return row.next() ? row.getString(1) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

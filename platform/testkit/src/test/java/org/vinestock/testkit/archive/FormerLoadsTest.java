package org.vinestock.testkit.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.ChangeSet;
import org.vinestock.inventory.HostLoad;
import org.vinestock.inventory.HostRow;
import org.vinestock.inventory.Hosts;
import org.vinestock.inventory.Past;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.journal.Archive;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.model.HostId;
import org.vinestock.model.Kind;
import org.vinestock.store.archive.SqlArchives;
import org.vinestock.store.audit.Anchorage;
import org.vinestock.store.sql.Beside;
import org.vinestock.store.sql.KindClasses;
import org.vinestock.store.sql.Settings;
import org.vinestock.store.sql.SqlStore;
import org.vinestock.store.write.Retention;
import org.vinestock.testkit.sql.Databases;

/** Former states with the loads of their time, also of earlier processes, one by one and one after the other. */
class FormerLoadsTest {
    record Machine(HostId id, boolean accepts, long millicores, long memory) implements HostRow {}

    private static final Kind<Machine> HOST = new Kind<>("host", Machine.class);
    private static final Settings LITTLE = new Settings("test", Duration.ZERO, new Retention(2, 2, 4), 10, 1_000);

    private final DataSource source = Databases.h2();
    private final DataSource ledger = Databases.h2();

    private final class Run implements AutoCloseable {
        private final SqlArchives archives =
                new SqlArchives(ledger, null, ArchiveTrial.SMALL, InstantSource.fixed(ArchiveTrial.TIME));
        private final Archive samples = archives.open("load", ArchiveTrial.ALL);
        private final SqlStore store = SqlStore.open(
                source,
                new JsonCodec(),
                KindClasses.of(FormerLoadsTest.class.getClassLoader()),
                LITTLE,
                new Beside(archives::oldestRevision, archives::revisionsBefore, samples),
                Clock.systemUTC(),
                Anchorage.none(),
                lost -> {});

        Run() {
            archives.start();
            ArchiveTrial.await("it is open", () -> samples.state().known());
        }

        SnapshotRef change(int number) {
            HostId id = new HostId("h" + number % 7);
            Machine machine = new Machine(id, true, 1_000 + number, 1);
            await(store.inventory()
                    .commit(new ChangeSet(
                            store.inventory().head().ref().revision(), List.of(new Change.Put<>(HOST, id, machine)))));
            if (number % 3 == 0) {
                store.inventory().measure(List.of(new HostLoad(id, number / 1_000.0)));
            }
            return store.inventory().head().ref();
        }

        @Override
        public void close() {
            store.close();
            archives.close();
        }
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Snapshot state) {
        StringBuilder text = new StringBuilder(state.ref().toString());
        Hosts hosts = state.hosts();
        for (int row = 0; row < hosts.end(); row++) {
            text.append(' ').append(hosts.id(row)).append(' ').append(hosts.millicores(row));
            text.append(' ').append(hosts.load(row));
        }
        return text.toString();
    }

    @Test
    void findsLoadsOfEarlierProcessesAndGoesOnWithTheirNumbers() {
        List<SnapshotRef> refs = new ArrayList<>();
        List<String> states = new ArrayList<>();
        for (int process = 0; process < 3; process++) {
            try (Run site = new Run()) {
                for (int i = 0; i < 25; i++) {
                    refs.add(site.change(process * 25 + i));
                    states.add(text(site.store.inventory().head()));
                }
            }
        }
        assertTrue(refs.get(74).sample() > refs.get(24).sample(), "numbers of samples were given twice");
        try (Run site = new Run()) {
            for (int i = 0; i < refs.size(); i++) {
                assertEquals(states.get(i), text(await(site.store.inventory().at(refs.get(i)))), "state " + i);
            }
            Past past = site.store.inventory().past();
            for (int i = 0; i < refs.size(); i++) {
                assertEquals(states.get(i), text(await(past.at(refs.get(i)))), "state " + i + " on the way");
            }
            assertEquals(states.get(3), text(await(past.at(refs.get(3)))), "back again");
            assertEquals(states.get(70), text(await(past.at(refs.get(70)))), "far ahead");
            SnapshotRef unknown = new SnapshotRef(5, 999_999);
            ExecutionException gone = assertThrows(
                    ExecutionException.class,
                    () -> site.store
                            .inventory()
                            .at(unknown)
                            .toCompletableFuture()
                            .get(20, TimeUnit.SECONDS));
            assertTrue(gone.getCause().getMessage().startsWith("sample 999999 of loads is not kept"), gone.toString());
            assertEquals(new SnapshotRef(5, 0), await(past.at(unknown)).ref(), "it goes on without loads");
        }
    }
}

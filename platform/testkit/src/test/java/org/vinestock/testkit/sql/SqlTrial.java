package org.vinestock.testkit.sql;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.vinestock.inventory.Inventory;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.schedule.LaneScheduler;
import org.vinestock.store.audit.Anchorage;
import org.vinestock.store.sql.Beside;
import org.vinestock.store.sql.Following;
import org.vinestock.store.sql.KindClasses;
import org.vinestock.store.sql.Settings;
import org.vinestock.store.sql.SqlStore;
import org.vinestock.store.write.Retention;
import org.vinestock.testkit.inventory.TriedInventory;
import org.vinestock.time.Scheduler;

/** A store in SQL under test, on real threads. */
final class SqlTrial implements TriedInventory, AutoCloseable {
    static final Settings SETTINGS = new Settings("test", Duration.ZERO, Retention.USUAL, 100_000, 1_000_000);

    final List<String> troubles = Collections.synchronizedList(new ArrayList<>());
    final SqlStore store;
    private final LaneScheduler scheduler =
            new LaneScheduler(1, 1, (lane, thrown) -> troubles.add(lane + ": " + thrown));

    SqlTrial(DataSource source) {
        this(source, SETTINGS);
    }

    SqlTrial(DataSource source, Settings settings) {
        this(source, settings, Anchorage.none());
    }

    SqlTrial(DataSource source, Settings settings, Anchorage anchorage) {
        this(source, settings, anchorage, new Following(settings.patience(), () -> 0), Clock.systemUTC());
    }

    /** With what the process has seen before of another leader. */
    SqlTrial(DataSource source, Settings settings, Following following) {
        this(source, settings, Anchorage.none(), following, Clock.systemUTC());
    }

    SqlTrial(DataSource source, Settings settings, InstantSource clock) {
        this(source, settings, Anchorage.none(), new Following(settings.patience(), () -> 0), clock);
    }

    private SqlTrial(
            DataSource source, Settings settings, Anchorage anchorage, Following following, InstantSource clock) {
        store = SqlStore.open(
                source,
                new JsonCodec(),
                KindClasses.of(SqlTrial.class.getClassLoader()),
                settings,
                Beside.NOTHING,
                clock,
                anchorage,
                following,
                lost -> troubles.add(lost.getMessage()));
    }

    @Override
    public Inventory inventory() {
        return store.inventory();
    }

    @Override
    public Scheduler scheduler() {
        return scheduler;
    }

    /** What was given to the writer before a line is durable before it; the one thread runs lanes in order. */
    @Override
    public void settle() {
        await(store.journal().append("settle", "x", ""));
        for (int i = 0; i < 2; i++) {
            CompletableFuture<Void> ran = new CompletableFuture<>();
            scheduler.lane("settle").execute(() -> ran.complete(null));
            await(ran);
        }
        if (!troubles.isEmpty()) {
            throw new AssertionError(troubles);
        }
    }

    @Override
    public <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        store.close();
        scheduler.close();
    }
}

package org.vinestock.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.vinestock.model.VinestockException;
import org.vinestock.store.write.StoreError;

/** Runs queries one after the other on a thread and a connection of their own; a connection that broke is made anew. */
public final class Reads implements AutoCloseable {
    private final DataSource source;
    private final ExecutorService thread;
    private @Nullable Connection connection; // of the thread

    /** Makes one; it connects when it is first used. */
    public Reads(DataSource source, String name) {
        this.source = source;
        thread = Executors.newSingleThreadExecutor(work -> {
            Thread made = new Thread(work, name);
            made.setDaemon(true);
            return made;
        });
    }

    /** A query, or a short transaction of its own. */
    @FunctionalInterface
    public interface Query<T> {
        /** Runs it. */
        T run(Connection connection) throws SQLException;
    }

    /** Runs a query; a stage that fails has a {@link VinestockException}. */
    public <T> CompletionStage<T> run(Query<T> query) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    stage.complete(query(query));
                } catch (SQLException e) {
                    drop();
                    stage.completeExceptionally(new VinestockException(
                            StoreError.STORE_UNAVAILABLE, "the database could not be read: " + e.getMessage(), e));
                } catch (RuntimeException | Error e) {
                    drop();
                    stage.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            stage.completeExceptionally(new VinestockException(StoreError.STORE_UNAVAILABLE, "the store is closed", e));
        }
        return stage;
    }

    private <T> T query(Query<T> query) throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = Connections.open(source);
            connection = open;
        }
        T value = query.run(open);
        open.commit();
        return value;
    }

    private void drop() {
        Connection open = connection;
        connection = null;
        Connections.close(open);
    }

    /** Ends after what is under way. */
    @Override
    public void close() {
        thread.execute(this::drop);
        thread.shutdown();
    }
}

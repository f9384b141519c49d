package org.vinestock.store.sql;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vinestock.model.VinestockException;
import org.vinestock.store.h2.FileUpkeep;
import org.vinestock.store.write.StoreError;

/**
 * The one writer of a database: a thread that writes whatever waits in one transaction, in the order in which it was
 * given. When nothing waits for a while it still says that it leads. Between batches it keeps the file small.
 *
 * <p><b>Failure.</b> The first transaction that fails is the last: everything that waits and that is given later fails,
 * and {@code lost} is told, once.
 *
 * <p>Waits for the database, so this is a class at the edge.
 */
final class GroupWriter implements AutoCloseable {
    /** A batch is bounded, so that one that fails for its size does so early, and those behind see that it goes on. */
    private static final int LARGEST_BATCH = 4_096;

    /** How long nothing must have waited for the file to be looked after at leisure. */
    private static final long LEISURE_MILLIS = 20;

    private final Connection connection;
    private final Leadership leadership;
    private final Duration heartbeat;
    private final Consumer<VinestockException> lost;
    private final Batches batches;
    private final FileUpkeep upkeep;
    private final BlockingQueue<Write> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closing;
    /** Why nothing is written any more; guarded by the queue's owner, this. */
    private @Nullable VinestockException ended;

    /** Takes over the connection; nothing is written before {@link #start}. */
    GroupWriter(
            Connection connection,
            Leadership leadership,
            Duration heartbeat,
            FileUpkeep upkeep,
            Consumer<VinestockException> lost) {
        this.upkeep = upkeep;
        this.connection = connection;
        this.leadership = leadership;
        this.heartbeat = heartbeat;
        this.lost = lost;
        batches = new Batches(connection);
        thread = new Thread(this::run, "vinestock-store-writer");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Has something written, soon. */
    void write(Write write) {
        VinestockException because;
        synchronized (this) {
            because = ended;
            if (because == null) {
                waiting.add(write);
            }
        }
        if (because != null) {
            write.failed(because);
        }
    }

    private void run() {
        List<Write> batch = new ArrayList<>();
        try {
            boolean more = false;
            while (take(batch, more)) {
                if (!more || !batch.isEmpty()) {
                    write(batch);
                }
                more = upkeep.step(batch.isEmpty());
                batch.clear();
            }
            leadership.release();
            end(batch, new VinestockException(StoreError.STORE_UNAVAILABLE, "the store is closed"));
        } catch (SQLException | RuntimeException | Error e) {
            VinestockException because = because(e);
            end(batch, because);
            if (!closing) {
                lost.accept(because);
            }
        } finally {
            try {
                connection.close(); // rolls back what is not committed
            } catch (SQLException e) {
                // It is gone already, which is all that is wanted.
            }
        }
    }

    private void write(List<Write> batch) throws SQLException {
        leadership.hold();
        for (Write write : batch) {
            write.add(batches);
        }
        batches.execute();
        connection.commit();
        batch.forEach(Write::done);
    }

    /**
     * Waits for something to write, or until it is time to say that this one leads, or a moment if there is more to do;
     * false when it is to end.
     */
    private boolean take(List<Write> batch, boolean more) throws InterruptedRun {
        try {
            long patience = more ? LEISURE_MILLIS : heartbeat.toMillis();
            Write first = waiting.poll(patience, TimeUnit.MILLISECONDS);
            if (first != null && first != LAST) {
                batch.add(first);
                waiting.drainTo(batch, LARGEST_BATCH - 1);
                if (batch.remove(LAST)) {
                    waiting.add(LAST);
                }
            }
            return first != LAST;
        } catch (InterruptedException e) {
            throw new InterruptedRun(e);
        }
    }

    private void end(List<Write> batch, VinestockException because) {
        List<Write> left = new ArrayList<>(batch);
        synchronized (this) {
            ended = because;
            waiting.drainTo(left);
        }
        for (Write write : left) {
            if (write != LAST) {
                write.failed(because);
            }
        }
    }

    private static VinestockException because(Throwable thrown) {
        if (thrown instanceof VinestockException known) {
            return known;
        }
        return new VinestockException(
                StoreError.STORE_UNAVAILABLE,
                "the database did not take a change: " + words(thrown) + "; what was not acknowledged is given up",
                thrown);
    }

    /** What happened, and what it comes from: a database says "IO exception" where its cause says that the disk is full. */
    private static String words(Throwable thrown) {
        // A batch names the row that it was at, with all that is in it.
        Throwable named = thrown instanceof BatchUpdateException batch && batch.getNextException() != null
                ? batch.getNextException()
                : thrown;
        Throwable root = named;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String first = firstLine(named);
        String last = firstLine(root);
        return first.contains(last) ? first : first + " (" + last + ")";
    }

    private static String firstLine(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).strip().lines().findFirst().orElse("");
    }

    /** Writes what waits, lets somebody else lead, and ends. */
    @Override
    public void close() {
        closing = true;
        synchronized (this) {
            waiting.add(LAST);
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class InterruptedRun extends RuntimeException {
        private static final long serialVersionUID = 1;

        InterruptedRun(InterruptedException cause) {
            super("the writer was interrupted", cause);
        }
    }

    /** Ends the thread when its turn comes. */
    private static final Write LAST = new Write() {
        @Override
        public void add(Batches batches) {}

        @Override
        public void done() {}

        @Override
        public void failed(VinestockException because) {}
    };
}

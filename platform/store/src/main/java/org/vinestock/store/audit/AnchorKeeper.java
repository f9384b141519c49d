package org.vinestock.store.audit;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the newest anchor behind the rows, on a thread of its own and at most 50 times a second, however many rows there
 * are. An anchor is given to it only when its row is durable, so what is kept may be some milliseconds old and is never
 * ahead.
 *
 * <p>Waits for the disk when it is closed, so this is a class at the edge.
 */
public final class AnchorKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AnchorKeeper.class);
    private static final long PAUSE_MILLIS = 20;

    private final Anchorage anchorage;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "vinestock-store-anchor");
        made.setDaemon(true);
        return made;
    });
    // Guarded by this.
    private @Nullable Anchor waiting;
    private String said = "";

    /** Makes one that has nothing to write. */
    public AnchorKeeper(Anchorage anchorage) {
        this.anchorage = anchorage;
    }

    /** The row of an anchor is durable. */
    public synchronized void reached(Anchor anchor) {
        boolean first = waiting == null;
        waiting = anchor;
        if (first) {
            var unused = thread.schedule(this::write, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void write() {
        Anchor newest;
        synchronized (this) {
            newest = waiting;
            waiting = null;
        }
        if (newest == null) {
            return;
        }
        try {
            anchorage.write(newest);
            said = "";
        } catch (IOException e) {
            if (!said.equals(String.valueOf(e.getMessage()))) {
                said = String.valueOf(e.getMessage());
                LOG.error(
                        "the end of the audit, row {}, is not anchored in {}: {}; tried again with the next row",
                        newest.number(),
                        anchorage.shown(),
                        said);
            }
        }
    }

    /** Writes what waits, and ends. */
    @Override
    public void close() {
        thread.execute(this::write);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.error("the end of the audit was not anchored in {} within 10 s", anchorage.shown());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

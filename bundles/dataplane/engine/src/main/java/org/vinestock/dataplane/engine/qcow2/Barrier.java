package org.vinestock.dataplane.engine.qcow2;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.vinestock.dataplane.engine.medium.Medium;

/** Makes what was written before durable; whoever comes while that is being done for others shares the next turn. */
final class Barrier {
    private final Medium medium;
    private final AtomicLong arrived = new AtomicLong();
    private long done;

    Barrier(Medium medium) {
        this.medium = medium;
    }

    /** Returns when all that was written before the call is on stable storage. */
    void pass() throws IOException {
        long mine = arrived.incrementAndGet();
        synchronized (this) {
            if (done < mine) {
                long upTo = arrived.get();
                medium.force();
                done = upTo;
            }
        }
    }
}

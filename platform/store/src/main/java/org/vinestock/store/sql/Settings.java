package org.vinestock.store.sql;

import java.time.Duration;
import org.vinestock.store.h2.FileUpkeep;
import org.vinestock.store.write.Retention;

/**
 * How a store in SQL works.
 *
 * @param holder names this process to others on the same database
 * @param patience how long a leader may be silent before another takes over; at least a second, or 0 where the database
 *     itself lets only one process in
 * @param memory how much of the past is kept in memory
 * @param checkpointEvery after how many changes a checkpoint is made
 * @param changesKept how many changes are kept at least, so that former states can be looked at
 * @param changesMost how many changes are kept at most for those who look at former states, such as the ledger
 * @param fileFloor from which size on a file of H2 is kept small while it is written, in bytes
 */
public record Settings(
        String holder,
        Duration patience,
        Retention memory,
        long checkpointEvery,
        long changesKept,
        long changesMost,
        long fileFloor) {
    /** Settings under which a file is looked after as usual. */
    public Settings(
            String holder,
            Duration patience,
            Retention memory,
            long checkpointEvery,
            long changesKept,
            long changesMost) {
        this(holder, patience, memory, checkpointEvery, changesKept, changesMost, FileUpkeep.USUAL_FLOOR);
    }

    /** Settings under which nobody has more kept for him. */
    public Settings(String holder, Duration patience, Retention memory, long checkpointEvery, long changesKept) {
        this(holder, patience, memory, checkpointEvery, changesKept, changesKept);
    }

    /** Checks the ranges. */
    public Settings {
        if (holder.isEmpty() || holder.length() > 200) {
            throw new IllegalArgumentException("holder of " + holder.length() + " characters; accepted: 1 to 200");
        }
        if (changesMost < changesKept) {
            throw new IllegalArgumentException(changesMost + " changes kept at most; accepted: " + changesKept
                    + ", which are kept at least, or more");
        }
        if (patience.isNegative() || checkpointEvery < 1 || changesKept < 0) {
            throw new IllegalArgumentException("patience " + patience + ", a checkpoint every " + checkpointEvery
                    + " changes, " + changesKept + " kept; accepted: 0 s, 1 change, 0 changes, or more of each");
        }
    }

    /** Three heartbeats in the time after which silence counts. */
    Duration heartbeat() {
        return patience.isZero() ? Duration.ofSeconds(2) : patience.dividedBy(3);
    }
}

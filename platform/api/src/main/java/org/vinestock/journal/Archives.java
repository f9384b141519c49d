package org.vinestock.journal;

import org.osgi.annotation.versioning.ProviderType;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/**
 * Streams of texts that nobody waits for, such as the ledger: kept beside the inventory, in a file or schema of their own,
 * so that neither its size nor its trouble is the inventory's.
 *
 * <p><b>Calls.</b> From any thread, never blocks.
 *
 * <p><b>Failure.</b> While the database is gone what is given waits, and what does not fit is dropped and counted; writing
 * goes on by itself when it is back.
 */
@ProviderType
public interface Archives {
    /** What was given is on the disk after so many milliseconds and one transaction, unless the database is behind. */
    int PAUSE_MILLIS = 200;

    /** Opens a stream; one that is open already is told what to keep from now on. */
    Archive open(String stream, Keeping keeping);

    /** Why nothing can be written now; empty = it can. */
    String trouble();

    /** Runs {@code wake} on {@code lane} after {@link #trouble} changed. */
    Cancellable onTrouble(Lane lane, Runnable wake);
}

package org.vinestock.machines.capability;

import java.time.Instant;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;
import org.vinestock.time.Cancellable;

/** What happened to a VM that its power state does not say. */
@ConsumerType
public interface Happenings {
    /** The last hundred, oldest first. They do not outlive the provider. */
    List<Happening> recent();

    /** Runs {@code wake} after there is one more. */
    Cancellable onHappening(Runnable wake);

    /** One of them. */
    record Happening(Instant at, What what, String detail) {}

    /** What may happen. */
    enum What {
        /** The guest's kernel said that it panicked. */
        PANICKED,
        /** The guest's watchdog was not fed. */
        WATCHDOG,
        /** The guest was reset, by itself or from outside. */
        RESET,
        /** The guest switched itself off. */
        SHUT_DOWN,
        /** A disk failed a request; the guest saw an error, or stands still until it is resumed. */
        DISK_ERROR
    }
}

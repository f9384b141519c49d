package org.vinestock.lab.site;

import java.util.concurrent.CopyOnWriteArrayList;
import org.vinestock.time.Cancellable;

/** Whoever wants to be woken. Any thread. */
final class Wakes {
    private final CopyOnWriteArrayList<Entry> entries = new CopyOnWriteArrayList<>();

    /** One registration; equal to itself only, so that a wake that is registered twice is cancelled one by one. */
    private static final class Entry {
        final Runnable wake;

        Entry(Runnable wake) {
            this.wake = wake;
        }
    }

    Cancellable add(Runnable wake) {
        Entry entry = new Entry(wake);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    void wakeAll() {
        for (Entry entry : entries) {
            entry.wake.run();
        }
    }

    void clear() {
        entries.clear();
    }
}

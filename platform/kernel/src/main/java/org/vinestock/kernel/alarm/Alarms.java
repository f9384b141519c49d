package org.vinestock.kernel.alarm;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/**
 * The alarms of a site. An alarm that is raised again keeps its beginning and takes the new message.
 *
 * <p><b>Calls.</b> From any thread, never blocks.
 */
public final class Alarms {
    private static final int MOST = 1_000;

    private final InstantSource time;
    private final Consumer<String> log;
    private final ConcurrentNavigableMap<String, Alarm> raised = new ConcurrentSkipListMap<>();

    /** Makes an empty one. {@code log} is told when an alarm begins and ends. */
    public Alarms(InstantSource time, Consumer<String> log) {
        this.time = time;
        this.log = log;
    }

    /** Raises an alarm; see {@link Alarm}. Beyond {@value #MOST} it is only logged. */
    public void raise(String subject, String kind, String message) {
        String key = key(subject, kind);
        Alarm former = raised.get(key);
        if (former == null) {
            log.accept("alarm " + kind + " of " + subject + ": " + message);
        }
        if (former != null || raised.size() < MOST) {
            raised.put(key, new Alarm(subject, kind, message, former == null ? time.instant() : former.since()));
        }
    }

    /** Ends an alarm; one that was not raised is passed over. */
    public void clear(String subject, String kind) {
        if (raised.remove(key(subject, kind)) != null) {
            log.accept("alarm " + kind + " of " + subject + " is over");
        }
    }

    /** All that last, by subject. */
    public List<Alarm> list() {
        return List.copyOf(raised.values());
    }

    private static String key(String subject, String kind) {
        return subject + '\n' + kind;
    }
}

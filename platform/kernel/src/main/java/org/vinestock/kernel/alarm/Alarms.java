package org.vinestock.kernel.alarm;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The alarms of a site. An alarm that is raised again keeps its beginning and takes the new message, also if a former
 * process raised it.
 *
 * <p><b>Calls.</b> From any thread, never blocks.
 */
public final class Alarms {
    private static final int MOST = 1_000;

    private final InstantSource time;
    private final Consumer<String> log;
    private final AlarmMemory memory;
    private final ConcurrentNavigableMap<String, Alarm> raised = new ConcurrentSkipListMap<>();
    /** Those of a former process that were not raised again. */
    private final ConcurrentSkipListSet<String> unconfirmed = new ConcurrentSkipListSet<>();

    /**
     * Begins with those that a former process left.
     *
     * @param log is told when an alarm begins and ends
     */
    public Alarms(InstantSource time, Consumer<String> log, AlarmMemory memory) {
        this.time = time;
        this.log = log;
        this.memory = memory;
        for (Alarm former : memory.former()) {
            String key = key(former.subject(), former.kind());
            raised.put(key, former);
            unconfirmed.add(key);
        }
    }

    /** Raises an alarm; see {@link Alarm}. Beyond {@value #MOST} it is only logged. */
    public void raise(String subject, String kind, String message) {
        String key = key(subject, kind);
        @Nullable Alarm former = raised.get(key);
        unconfirmed.remove(key);
        if (former == null) {
            log.accept("alarm " + kind + " of " + subject + ": " + message);
        }
        if (former != null || raised.size() < MOST) {
            Alarm alarm = new Alarm(subject, kind, message, former == null ? time.instant() : former.since());
            raised.put(key, alarm);
            if (!alarm.equals(former)) {
                memory.raised(alarm);
            }
        }
    }

    /** Ends an alarm; one that was not raised is passed over. */
    public void clear(String subject, String kind) {
        String key = key(subject, kind);
        @Nullable Alarm over = raised.remove(key);
        unconfirmed.remove(key);
        if (over != null) {
            log.accept("alarm " + kind + " of " + subject + " is over");
            memory.over(over);
        }
    }

    /**
     * Ends the alarms of a former process that this one did not raise again: by now it has looked at everything itself.
     *
     * @param lasting the kinds that only a person ends
     */
    public void settled(List<String> lasting) {
        for (String key : unconfirmed) {
            @Nullable Alarm former = raised.get(key);
            if (former != null && !lasting.contains(former.kind())) {
                clear(former.subject(), former.kind());
            }
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

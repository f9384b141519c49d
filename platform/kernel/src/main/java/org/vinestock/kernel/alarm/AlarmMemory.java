package org.vinestock.kernel.alarm;

import java.util.List;

/** What remembers alarms across restarts. Any thread, never blocks. */
public interface AlarmMemory {
    /** Forgets everything with the process. */
    AlarmMemory NONE = new AlarmMemory() {
        @Override
        public List<Alarm> former() {
            return List.of();
        }

        @Override
        public void raised(Alarm alarm) {}

        @Override
        public void over(Alarm alarm) {}
    };

    /** The alarms that lasted when the former process ended. */
    List<Alarm> former();

    /** An alarm was raised, or has another message. */
    void raised(Alarm alarm);

    /** An alarm is over. */
    void over(Alarm alarm);
}

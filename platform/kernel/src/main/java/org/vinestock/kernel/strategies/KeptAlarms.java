package org.vinestock.kernel.strategies;

import java.util.List;
import org.vinestock.kernel.alarm.Alarm;
import org.vinestock.kernel.alarm.AlarmMemory;

/**
 * Keeps alarms beside the states of strategies, if there is a journal: a process alone finds most of them out by itself at
 * its start.
 */
public final class KeptAlarms implements AlarmMemory {
    private static final String BY = "vinestock";
    private static final char BETWEEN = ' '; // a kind has no blank

    private final Keeper keeper;

    /** Makes one. */
    public KeptAlarms(Keeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public List<Alarm> former() {
        return keeper.former().stream()
                .filter(kept -> kept.what().equals(Kept.ALARM))
                .map(kept -> {
                    int blank = kept.key().indexOf(BETWEEN);
                    return new Alarm(
                            kept.key().substring(blank + 1), kept.key().substring(0, blank), kept.value(), kept.at());
                })
                .toList();
    }

    @Override
    public void raised(Alarm alarm) {
        keep(alarm, alarm.message());
    }

    @Override
    public void over(Alarm alarm) {
        keep(alarm, "");
    }

    private void keep(Alarm alarm, String value) {
        if (keeper.keepsAlarms()) {
            String key = alarm.kind() + BETWEEN + alarm.subject();
            keeper.keep(List.of(new Kept(Kept.ALARM, key, value, "", BY, alarm.since())));
        }
    }
}

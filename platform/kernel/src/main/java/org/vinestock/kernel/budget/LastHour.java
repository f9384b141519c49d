package org.vinestock.kernel.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** When something was taken within the last hour. Owned by the budgets' monitor. */
final class LastHour {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MINUTE = 60;

    private final NavigableMap<Instant, Integer> taken = new TreeMap<>();
    private int count;

    void add(Instant at) {
        add(at, 1);
    }

    private void add(Instant at, int more) {
        taken.merge(at, more, Integer::sum);
        count += more;
    }

    /** Takes one back; null or unknown = nothing is taken back. */
    void giveBack(@Nullable Instant at) {
        Integer there = at == null ? null : taken.get(at);
        if (at == null || there == null) {
            return;
        }
        count--;
        if (there == 1) {
            taken.remove(at);
        } else {
            taken.put(at, there - 1);
        }
    }

    void forgetBefore(Instant now) {
        NavigableMap<Instant, Integer> old = taken.headMap(now.minus(HOUR), true);
        for (int gone : old.values()) {
            count -= gone;
        }
        old.clear();
    }

    int count() {
        return count;
    }

    /** When fewer than {@code limit} will be left of those that are there now. */
    Instant next(int limit) {
        int left = count;
        for (Map.Entry<Instant, Integer> each : taken.entrySet()) {
            left -= each.getValue();
            if (left < limit) {
                return each.getKey().plus(HOUR);
            }
        }
        return Instant.MIN;
    }

    /** By minutes, as {@code minute:count minute:count}; empty if there is nothing. */
    String text() {
        NavigableMap<Long, Integer> minutes = new TreeMap<>();
        taken.forEach((at, number) -> minutes.merge(at.getEpochSecond() / MINUTE, number, Integer::sum));
        StringBuilder text = new StringBuilder();
        minutes.forEach((minute, number) -> text.append(text.isEmpty() ? "" : " ")
                .append(minute)
                .append(':')
                .append(number));
        return text.toString();
    }

    /** Takes in what {@link #text} wrote; each counts from the end of its minute. */
    void restore(String text) {
        for (String part : text.split(" ", -1)) {
            int colon = part.indexOf(':');
            if (colon > 0) {
                Instant at = Instant.ofEpochSecond((Long.parseLong(part.substring(0, colon)) + 1) * MINUTE - 1);
                add(at, Integer.parseInt(part.substring(colon + 1)));
            }
        }
    }
}

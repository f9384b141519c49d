package org.vinestock.kernel.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When something was taken within the last hour, by the scheduler's nanoseconds: no step of the clock makes an hour longer or
 * shorter. What is kept across restarts has times of the clock, for the next process counts other nanoseconds. Owned by
 * the budgets' monitor.
 */
final class LastHour {
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final int MINUTE = 60;

    private final NavigableMap<Long, Integer> taken = new TreeMap<>();
    private int count;

    void add(long at) {
        add(at, 1);
    }

    private void add(long at, int more) {
        taken.merge(at, more, Integer::sum);
        count += more;
    }

    /** Takes one back; null or unknown = nothing is taken back. */
    void giveBack(@Nullable Long at) {
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

    void forgetBefore(long now) {
        NavigableMap<Long, Integer> old = taken.headMap(now - HOUR, true);
        for (int gone : old.values()) {
            count -= gone;
        }
        old.clear();
    }

    int count() {
        return count;
    }

    /** How long until fewer than {@code limit} are left of those that are there now; null if nothing that passes helps. */
    @Nullable
    Duration until(int limit, long now) {
        int left = count;
        for (Map.Entry<Long, Integer> each : taken.entrySet()) {
            left -= each.getValue();
            if (left < limit) {
                return Duration.ofNanos(each.getKey() + HOUR - now);
            }
        }
        return null;
    }

    /** By minutes of the clock, as {@code minute:count minute:count}; empty if there is nothing. */
    String text(Instant clock, long now) {
        NavigableMap<Long, Integer> minutes = new TreeMap<>();
        taken.forEach((at, number) -> {
            Instant then = clock.minusNanos(now - at);
            minutes.merge(Math.floorDiv(then.getEpochSecond(), (long) MINUTE), number, Integer::sum);
        });
        StringBuilder text = new StringBuilder();
        minutes.forEach((minute, number) -> text.append(text.isEmpty() ? "" : " ")
                .append(minute)
                .append(':')
                .append(number));
        return text.toString();
    }

    /** Takes in what {@link #text} wrote; each counts from the end of its minute, those of the future from now on. */
    void restore(String text, Instant clock, long now) {
        for (String part : text.split(" ", -1)) {
            int colon = part.indexOf(':');
            if (colon > 0) {
                Instant then = Instant.ofEpochSecond((Long.parseLong(part.substring(0, colon)) + 1) * MINUTE);
                Duration age = Duration.between(then, clock);
                if (age.toHours() < 1) {
                    add(age.isNegative() ? now : now - age.toNanos(), Integer.parseInt(part.substring(colon + 1)));
                }
            }
        }
    }
}

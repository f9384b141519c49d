package org.vinestock.benchmarks.swap;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vinestock.itests.Distribution;
import org.vinestock.itests.Strategies;

/** What happened at the point while somebody swapped: decisions, answers by another one and why, alarms, failed tasks. */
final class Observed {
    private static final int LEDGER = 10_000;

    private final Strategies strategies;
    private final SortedMap<String, Integer> instead = new TreeMap<>();
    private final SortedSet<String> alarms = new TreeSet<>();
    private final long first;
    private final long failedBefore;
    private final long refusedBefore;
    private long seen;
    private long unseen;

    /** Begins now. */
    Observed(Strategies strategies) {
        this.strategies = strategies;
        first = newest();
        seen = first;
        failedBefore = lab("failed");
        refusedBefore = lab("refused");
    }

    /** Waits until so many decisions more were made. */
    static void more(Strategies strategies, long count) {
        long from = newest(strategies);
        Distribution.eventually(
                count + " decisions more",
                Duration.ofMinutes(5),
                () -> Optional.of(newest(strategies)).filter(now -> now >= from + count));
    }

    private static long newest(Strategies strategies) {
        return number(strategies.rows("decision/list?limit=1").get(0));
    }

    private long newest() {
        return newest(strategies);
    }

    private static long number(JsonNode decision) {
        return Long.parseLong(decision.get("id").asText().substring("d-".length()));
    }

    private long lab(String count) {
        return strategies.rows("lab/info").get(0).get(count).asLong();
    }

    /** Looks at what happened since it looked last; the ledger holds the last 10,000 decisions only. */
    void look() {
        long now = newest();
        unseen += Math.max(0, now - seen - LEDGER);
        for (JsonNode row : strategies.rows("decision/list?fallback=true&limit=" + LEDGER)) {
            if (number(row) > seen && number(row) <= now) {
                String why = row.get("instead").asText().replaceAll("acme@[0-9.]+", "acme");
                instead.merge(row.get("by").asText() + ", because " + why, 1, Integer::sum);
            }
        }
        seen = now;
        alarms.addAll(strategies.alarms(""));
    }

    long decisions() {
        return seen - first;
    }

    /** Operations of the lab's tenants that failed otherwise than for want of room. */
    long failed() {
        return lab("failed") - failedBefore;
    }

    long refused() {
        return lab("refused") - refusedBefore;
    }

    String lastFailure() {
        return strategies.rows("lab/info").get(0).get("lastFailure").asText();
    }

    /** How many were answered by another one than the active strategy. */
    int byOthers() {
        return instead.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** By whom and why, with how often. */
    List<Map.Entry<String, Integer>> instead() {
        return List.copyOf(instead.entrySet());
    }

    /** How many decisions had left the ledger before they were looked at. */
    long unseen() {
        return unseen;
    }

    SortedSet<String> alarms() {
        return alarms;
    }
}

package org.vinestock.kernel.strategies;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.vinestock.audit.Deed;

/**
 * A line that is kept across restarts; of lines with the same {@code what} and {@code key} the newest counts.
 *
 * @param what the subject: {@code strategy}, {@code canary}, {@code freeze}, {@code area}, {@code mode}, {@code budget},
 *     {@code alarm}; of this process alone {@code
 *     start}, {@code call}, {@code plugin}
 * @param key within the subject, such as a strategy's full name
 * @param value such as its state; empty = forgotten
 * @param because why, in words
 * @param by who did it
 */
public record Kept(String what, String key, String value, String because, String by, Instant at) {
    /** The subject of alarms. */
    public static final String ALARM = "alarm";

    /** The subject of what budgets have given within an hour. */
    public static final String BUDGET = "budget";

    /** What is about this process and this home: read before there is a database, and of no use to another process. */
    private static final List<String> OF_THE_HOME = List.of("start", "call", "plugin");

    /** Whether it is kept in the home, whatever database there is. */
    public boolean ofTheHome() {
        return OF_THE_HOME.contains(what);
    }

    /** What the audit is told of it; empty if nothing: marks of this process, alarms and counts, which nobody did. */
    public Optional<Deed> deed() {
        if (ofTheHome() || what.equals(ALARM) || what.equals(BUDGET)) {
            return Optional.empty();
        }
        String state = value.isEmpty() ? "none" : value;
        return Optional.of(new Deed(by, what + ".state", key, because.isEmpty() ? state : state + ": " + because));
    }

    /** Whether another line is about the same. */
    public boolean sameAs(Kept other) {
        return what.equals(other.what) && key.equals(other.key);
    }

    /** The line that forgets this one. */
    public Kept forgotten() {
        return new Kept(what, key, "", because, by, at);
    }
}

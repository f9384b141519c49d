package org.vinestock.kernel.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vinestock.operation.Expense.Acting;
import org.vinestock.time.Cancellable;

/** What one kind of acting takes in one cluster, and who waits for it. Owned by the budgets' monitor. */
final class Account {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final String key;
    private final Acting acting;
    private final String cluster;
    private final LastHour taken = new LastHour();
    private final Set<Ticket> waiting = new LinkedHashSet<>();
    /** When the last one was made to each object, the oldest first. */
    private final Map<String, Instant> cooling = new LinkedHashMap<>();

    private int inFlight;
    private boolean keeps;
    private boolean alarmed;
    private volatile String because = "";
    private @Nullable Instant looksAt;
    private @Nullable Cancellable timer;

    Account(String key) {
        this.key = key;
        int slash = key.indexOf('/');
        acting = Acting.valueOf(key.substring(0, slash));
        cluster = key.substring(slash + 1);
    }

    /** Names an account; {@code cluster}: empty = none in particular. */
    static String key(Acting acting, String cluster) {
        return acting + "/" + cluster;
    }

    String key() {
        return key;
    }

    Acting acting() {
        return acting;
    }

    String cluster() {
        return cluster;
    }

    /** Such as {@code in cluster c1}, with a space before it; empty if no cluster is known. */
    String where() {
        return cluster.isEmpty() ? "" : " in cluster " + cluster;
    }

    /** Such as {@code restart}. */
    String word() {
        return switch (acting) {
            case RESTART -> "restart";
            case MOVE -> "move";
            case HOST_OFF -> "powering off";
        };
    }

    /** Such as {@code restarts}. */
    String words() {
        return switch (acting) {
            case RESTART -> "restarts";
            case MOVE -> "moves";
            case HOST_OFF -> "hosts powered off";
        };
    }

    /** Such as {@code restarts.per.hour}: what {@code etc/org.vinestock.budgets.cfg} calls the limit. */
    String perHourKey() {
        return switch (acting) {
            case RESTART -> "restarts.per.hour";
            case MOVE -> "moves.per.hour";
            case HOST_OFF -> "hosts.off.per.hour";
        };
    }

    LastHour taken() {
        return taken;
    }

    /** In the order in which they came. */
    Set<Ticket> waiting() {
        return waiting;
    }

    int inFlight() {
        return inFlight;
    }

    void inFlight(int more) {
        inFlight += more;
    }

    @Nullable
    Instant last(String object) {
        return cooling.get(object);
    }

    /** Notes that it was made to an object, and forgets those that have cooled down. */
    void made(String object, Instant now, Duration coolDown) {
        cooling.remove(object);
        cooling.put(object, now);
        Iterator<Instant> oldest = cooling.values().iterator();
        while (oldest.hasNext() && !oldest.next().plus(coolDown).isAfter(now)) {
            oldest.remove();
        }
    }

    /** Why there is nothing for anybody; any thread. */
    String because() {
        return because;
    }

    void because(String words) {
        because = words;
    }

    /** Whether people have been told that the hour's budget is used up while somebody waits. */
    boolean alarmed() {
        return alarmed;
    }

    void alarmed(boolean now) {
        alarmed = now;
    }

    boolean keeps() {
        return keeps;
    }

    void keeps(boolean now) {
        keeps = now;
    }

    @Nullable
    Instant looksAt() {
        return looksAt;
    }

    @Nullable
    Cancellable timer() {
        return timer;
    }

    void looks(@Nullable Instant at, @Nullable Cancellable by) {
        looksAt = at;
        timer = by;
    }

    static String time(Instant at) {
        return TIME.format(at);
    }
}

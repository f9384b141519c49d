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
    /** When the last one was made to each object, the oldest first; by the scheduler's nanoseconds, as all here. */
    private final Map<String, Long> cooling = new LinkedHashMap<>();

    private int inFlight;
    private int called;
    private boolean alarmed;
    private volatile String because = "";
    private @Nullable Long looksAt;
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

    /** How many of those that are under way have not begun to count for the hour. */
    int called() {
        return called;
    }

    void called(int more) {
        called += more;
        inFlight += more;
    }

    /** How long an object still cools down; zero or less if it does not. */
    Duration cools(String object, long now, Duration coolDown) {
        Long last = cooling.get(object);
        return last == null ? Duration.ZERO : coolDown.minusNanos(now - last);
    }

    /** Notes that it was made to an object, and forgets those that have cooled down. */
    void made(String object, long now, Duration coolDown) {
        cooling.remove(object);
        cooling.put(object, now);
        Iterator<Long> oldest = cooling.values().iterator();
        while (oldest.hasNext() && now - oldest.next() >= coolDown.toNanos()) {
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

    @Nullable
    Long looksAt() {
        return looksAt;
    }

    @Nullable
    Cancellable timer() {
        return timer;
    }

    void looks(@Nullable Long at, @Nullable Cancellable by) {
        looksAt = at;
        timer = by;
    }

    static String time(Instant at) {
        return TIME.format(at);
    }
}

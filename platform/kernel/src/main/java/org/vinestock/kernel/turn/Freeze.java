package org.vinestock.kernel.turn;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.vinestock.model.VinestockException;

/**
 * Whether acting is frozen, on the whole site or in single clusters. Asked before anything is reserved and before a task
 * goes on to its next step; who sets it keeps it across restarts.
 *
 * <p><b>Calls.</b> From any thread; a question costs one volatile read.
 */
public final class Freeze {
    /** Stands for the whole site; no cluster can have this name. */
    public static final String SITE = "*";

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile NavigableSet<String> frozen = Collections.emptyNavigableSet();

    /** What is frozen now: names of clusters, {@link #SITE} for everything. */
    public NavigableSet<String> frozen() {
        return frozen;
    }

    /** Sets all that is frozen. */
    public void set(Collection<String> names) {
        frozen = Collections.unmodifiableNavigableSet(new TreeSet<>(names));
        listeners.forEach(Runnable::run);
    }

    /** Runs {@code listener} after every change, on the thread that made it: tasks that wait for the end of a freeze. */
    public void onSet(Runnable listener) {
        listeners.add(listener);
    }

    /** Whether acting on {@code clusters} is frozen; on nothing in particular: whether the site is. */
    public boolean holds(List<String> clusters) {
        NavigableSet<String> now = frozen;
        if (now.isEmpty()) {
            return false;
        }
        return now.contains(SITE) || clusters.stream().anyMatch(now::contains);
    }

    /** The same; the clusters are only found out if anything is frozen. */
    boolean holds(Supplier<List<String>> clusters) {
        return !frozen.isEmpty() && holds(clusters.get());
    }

    /** What is frozen, in words; empty if nothing is. */
    public String text() {
        NavigableSet<String> now = frozen;
        return now.contains(SITE) ? "the whole site" : String.join(", ", now);
    }

    /** What to tell whoever is refused. */
    public VinestockException refusal() {
        return new VinestockException(
                DecisionError.FROZEN,
                "acting is frozen: " + text() + "; end it with platform:unfreeze, or say --despite-freeze");
    }
}

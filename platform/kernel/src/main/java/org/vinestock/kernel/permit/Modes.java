package org.vinestock.kernel.permit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.vinestock.kernel.strategies.Keeper;
import org.vinestock.kernel.strategies.Kept;

/** The modes that people have set; what nobody has set acts. Kept across restarts. Any thread. */
public final class Modes {
    /** Stands for all clusters; no cluster can have this name. */
    public static final String SITE = "*";

    private static final String MODE = "mode";

    private final @Nullable Keeper keeper;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    /** By function and cluster, as {@code restart/c1}. */
    private volatile NavigableMap<String, Mode> modes = Collections.emptyNavigableMap();

    /** Makes those that were kept. {@code keeper}: null = nothing is kept. */
    public Modes(@Nullable Keeper keeper) {
        this.keeper = keeper;
        NavigableMap<String, Mode> kept = new TreeMap<>();
        for (Kept line : keeper == null ? List.<Kept>of() : keeper.former()) {
            if (line.what().equals(MODE)) {
                kept.put(line.key(), Mode.valueOf(line.value()));
            }
        }
        modes = kept;
    }

    /** The mode of a function that acts on some clusters: the most careful one of theirs; on none: that of the site. */
    public Mode of(String function, List<String> clusters) {
        NavigableMap<String, Mode> now = modes;
        if (now.isEmpty()) {
            return Mode.ACT;
        }
        Mode site = now.getOrDefault(key(function, SITE), Mode.ACT);
        Mode most = clusters.isEmpty() ? site : Mode.ACT;
        for (String cluster : clusters) {
            Mode its = now.getOrDefault(key(function, cluster), site);
            most = its.compareTo(most) < 0 ? its : most;
        }
        return most;
    }

    /** Sets a mode; completes when that is durable. {@code cluster}: {@link #SITE} for those that have none of their own. */
    public CompletionStage<Void> set(String function, String cluster, Mode mode, String by) {
        String key = key(function, cluster);
        synchronized (this) {
            NavigableMap<String, Mode> changed = new TreeMap<>(modes);
            changed.put(key, mode);
            modes = Collections.unmodifiableNavigableMap(changed);
        }
        listeners.forEach(Runnable::run);
        return keeper == null ? CompletableFuture.completedFuture(null) : keeper.keep(MODE, key, mode.name(), "", by);
    }

    /** Runs {@code listener} after every change, on the thread that made it. */
    public void onSet(Runnable listener) {
        listeners.add(listener);
    }

    /** Runs {@code listener} no more. */
    public void forget(Runnable listener) {
        listeners.remove(listener);
    }

    /** A mode that a person has set. */
    public record Line(String function, String cluster, Mode mode) {}

    /** Those that people have set, by function and cluster. */
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Map.Entry<String, Mode> each : modes.entrySet()) {
            int slash = each.getKey().indexOf('/');
            lines.add(new Line(each.getKey().substring(0, slash), each.getKey().substring(slash + 1), each.getValue()));
        }
        return lines;
    }

    private static String key(String function, String cluster) {
        return function + '/' + cluster;
    }
}

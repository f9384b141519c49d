package org.vinestock.kernel.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last replays of this process, with their differences, in memory. Any thread. */
final class Replays {
    private static final int KEPT = 10;

    private final List<Kept> kept = new ArrayList<>();

    /** A replay and what differed, of which the first some hundred are kept. */
    record Kept(Replayed replayed, List<Difference> differences) {}

    synchronized void add(Replayed replayed, List<Difference> differences) {
        kept.add(0, new Kept(replayed, List.copyOf(differences)));
        while (kept.size() > KEPT) {
            kept.remove(KEPT);
        }
    }

    /** Newest first. */
    synchronized List<Kept> all() {
        return List.copyOf(kept);
    }

    /** The replay of an id, or the newest. */
    synchronized Optional<Kept> find(@Nullable String id) {
        return kept.stream()
                .filter(each -> id == null || each.replayed().id().equals(id))
                .findFirst();
    }
}

package org.vinestock.store.write;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Past;
import org.vinestock.inventory.Snapshot;
import org.vinestock.inventory.SnapshotRef;
import org.vinestock.model.VinestockException;
import org.vinestock.store.snapshot.Loads;
import org.vinestock.store.snapshot.SiteSnapshot;

/** Goes through former states by applying the changes between them, on a line of snapshots of its own. One caller at a time. */
public final class PastStates implements Past {
    /** How many revisions are asked for at once. */
    public static final int PAGE = 500;

    private static final int LOGGED = 10_000;
    /** From so many revisions on it is quicker to begin anew. */
    private static final int FAR = 20_000;

    private final Function<SnapshotRef, CompletionStage<Snapshot>> states;
    private final LongFunction<CompletionStage<List<List<Change>>>> changes;
    private final LongFunction<CompletionStage<Optional<Loads>>> samples;
    private final Deque<List<Change>> next = new ArrayDeque<>();
    private @Nullable SiteSnapshot current;

    /**
     * Makes one.
     *
     * @param states finds a state to begin with
     * @param changes returns the changes that made the revisions after one, oldest first, some of them; none only if there
     *     are none
     * @param samples finds a sample of loads
     */
    public PastStates(
            Function<SnapshotRef, CompletionStage<Snapshot>> states,
            LongFunction<CompletionStage<List<List<Change>>>> changes,
            LongFunction<CompletionStage<Optional<Loads>>> samples) {
        this.states = states;
        this.changes = changes;
        this.samples = samples;
    }

    /** The changes that made the revisions after one, as far as the log of a snapshot has them. */
    public static List<List<Change>> logged(SiteSnapshot newest, long after) {
        List<List<Change>> found = new ArrayList<>();
        long last = Math.min(newest.ref().revision(), after + PAGE);
        for (long revision = after + 1; revision <= last; revision++) {
            Optional<List<Change>> one = newest.changesBetween(revision - 1, revision);
            if (one.isEmpty()) {
                return found;
            }
            found.add(one.get());
        }
        return found;
    }

    @Override
    public CompletionStage<Snapshot> at(SnapshotRef ref) {
        SiteSnapshot from = current;
        if (from == null
                || ref.revision() < from.ref().revision()
                || ref.revision() - from.ref().revision() > FAR) {
            next.clear();
            return states.apply(new SnapshotRef(ref.revision(), 0))
                    .thenComposeAsync(
                            state -> {
                                current = ((SiteSnapshot) state).detached(LOGGED);
                                return at(ref);
                            },
                            Runnable::run);
        }
        while (from.ref().revision() < ref.revision() && !next.isEmpty()) {
            from = from.committed(next.remove());
        }
        current = from;
        return from.ref().revision() == ref.revision() ? withLoads(from, ref.sample()) : goOn(from, ref);
    }

    private CompletionStage<Snapshot> goOn(SiteSnapshot from, SnapshotRef ref) {
        return changes.apply(from.ref().revision())
                .thenComposeAsync(
                        found -> {
                            if (found.isEmpty()) {
                                return CompletableFuture.failedStage(new VinestockException(
                                        StoreError.REVISION_UNKNOWN,
                                        "revision " + ref.revision() + " cannot be reached from "
                                                + from.ref().revision()));
                            }
                            next.addAll(found);
                            return at(ref);
                        },
                        Runnable::run);
    }

    private CompletionStage<Snapshot> withLoads(SiteSnapshot state, long sample) {
        if (state.ref().sample() == sample) {
            return CompletableFuture.completedStage(state);
        }
        return samples.apply(sample)
                .thenApplyAsync(
                        found -> {
                            SiteSnapshot loaded = state.with(found.orElse(Loads.none(0)));
                            current = loaded;
                            return loaded;
                        },
                        Runnable::run);
    }
}

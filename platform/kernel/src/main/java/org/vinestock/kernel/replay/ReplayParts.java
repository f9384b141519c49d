package org.vinestock.kernel.replay;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.inventory.Snapshot;
import org.vinestock.kernel.ledger.LedgerArchive;
import org.vinestock.kernel.plugin.Workers;
import org.vinestock.kernel.strategies.Roster;
import org.vinestock.kernel.turn.Surroundings;
import org.vinestock.operation.Input;
import org.vinestock.operation.Operation;
import org.vinestock.operation.StepHandler;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** What people can do with replays, and see of them. */
public final class ReplayParts {
    private final Replays replays = new Replays();
    private final ReplayOperation operation;
    private final ReplayStep step;

    /**
     * Makes them for a site.
     *
     * @param archive where decisions are kept; null = those in memory are asked again
     * @param points finds a point by its name, if its area is there
     */
    public ReplayParts(
            Surroundings site,
            Workers workers,
            Roster roster,
            @Nullable LedgerArchive archive,
            Function<String, Optional<DecisionPoint<?, ?, ?>>> points) {
        operation = new ReplayOperation(roster, replays);
        step = new ReplayStep(site, workers, roster, archive, replays, points);
    }

    /** No parameters. */
    record Nothing() {}

    /** Names a replay. */
    record Which(
            @Input(
                    value = "The replay, such as replay-1; the newest if left out",
                    at = 0,
                    optional = true,
                    completedBy = "decision.replays#id")
            @Nullable
            String replay) {}

    /** What people can have done. */
    public List<Operation<?, ?>> operations() {
        return List.of(operation);
    }

    /** How it is done. */
    public List<StepHandler<?>> steps() {
        return List.of(step);
    }

    /** What people can look at. */
    public List<View<?, ?>> views() {
        return List.of(
                new Shown<>(
                        "decision.replays",
                        "The last replays of this process, newest first",
                        Nothing.class,
                        Replayed.class,
                        (nothing, page) -> page(
                                "",
                                replays.all().stream()
                                        .map(Replays.Kept::replayed)
                                        .toList(),
                                page)),
                new Shown<>(
                        "decision.differences",
                        "What a replayed strategy would have decided otherwise",
                        Which.class,
                        Difference.class,
                        this::differences));
    }

    private Page<Difference> differences(Which which, PageRequest page) {
        Replays.Kept kept = replays.find(which.replay())
                .orElseThrow(() -> new IllegalArgumentException(
                        "replay: " + (which.replay() == null ? "there is none" : which.replay() + " is not kept")
                                + "; accepted: one of decision:replays, decision:replay makes one"));
        Replayed replayed = kept.replayed();
        String heading = replayed.id() + ": " + replayed.strategy() + " asked " + replayed.asked() + " questions of "
                + replayed.point() + ", " + replayed.agree() + " answered as then"
                + (kept.differences().size() == Tally.MOST_DIFFERENCES
                        ? "; the first " + Tally.MOST_DIFFERENCES + " that are not"
                        : "");
        return page(heading, kept.differences(), page);
    }

    private static <R extends Record> Page<R> page(String heading, List<R> rows, PageRequest page) {
        int from = page.after().matches("\\d{1,9}") ? Math.min(Integer.parseInt(page.after()), rows.size()) : 0;
        int to = Math.min(from + page.limit(), rows.size());
        return new Page<>(heading, rows.subList(from, to), to < rows.size() ? String.valueOf(to) : null);
    }

    private interface Reader<P, R extends Record> {
        Page<R> read(P parameters, PageRequest page);
    }

    private record Shown<P extends Record, R extends Record>(
            String name, String summary, Class<P> parametersType, Class<R> rowType, Reader<P, R> reader)
            implements View<P, R> {
        @Override
        public CompletionStage<Page<R>> read(P parameters, Snapshot snapshot, PageRequest page) {
            return CompletableFuture.completedFuture(reader.read(parameters, page));
        }
    }
}

package org.vinestock.lab.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Snapshot;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** {@code lab.replays}: the replays that are kept, newest first. */
final class ReplaysView implements View<ReplaysView.None, Replay> {
    /** No parameters. */
    record None() {}

    @Override
    public String name() {
        return "lab.replays";
    }

    @Override
    public String summary() {
        return "Compare the replays that were run";
    }

    @Override
    public Class<None> parametersType() {
        return None.class;
    }

    @Override
    public Class<Replay> rowType() {
        return Replay.class;
    }

    @Override
    public CompletionStage<Page<Replay>> read(None parameters, Snapshot snapshot, PageRequest page) {
        List<Replay> rows = newestFirst(snapshot);
        String heading = rows.isEmpty()
                ? "no replay was run yet; lab:replay FILE runs one"
                : "each VM by vm.create and vm.delete in a twin, in simulated time, on played hosts";
        return CompletableFuture.completedFuture(
                new Page<>(heading, rows.subList(0, Math.min(page.limit(), rows.size())), null));
    }

    static List<Replay> newestFirst(Snapshot snapshot) {
        List<Replay> rows = new ArrayList<>();
        snapshot.rows(Replay.KIND).forEach(rows::add);
        rows.sort(Comparator.comparingInt((Replay replay) -> replay.id().value().length())
                .thenComparing(replay -> replay.id().value())
                .reversed());
        return rows;
    }
}

package org.vinestock.kernel.decide;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.inventory.Snapshot;
import org.vinestock.view.Page;
import org.vinestock.view.PageRequest;
import org.vinestock.view.View;

/** A view that is read by a function. */
public record Table<P extends Record, R extends Record>(
        String name, String summary, Class<P> parametersType, Class<R> rowType, Reader<P, R> reader)
        implements View<P, R> {
    /** Reads a page. */
    @FunctionalInterface
    public interface Reader<P extends Record, R extends Record> {
        /** Reads it. */
        CompletionStage<Page<R>> read(P parameters, PageRequest page);
    }

    @Override
    public CompletionStage<Page<R>> read(P parameters, Snapshot snapshot, PageRequest page) {
        return reader.read(parameters, page);
    }

    /** The page of rows that are all there already; the place in the list is what comes next. */
    public static <R extends Record> CompletionStage<Page<R>> page(String heading, List<R> rows, PageRequest page) {
        int from = Math.min(place(page.after()), rows.size());
        int to = Math.min(from + page.limit(), rows.size());
        String next = to < rows.size() ? String.valueOf(to) : null;
        return CompletableFuture.completedFuture(new Page<>(heading, new ArrayList<>(rows.subList(from, to)), next));
    }

    private static int place(String after) {
        try {
            return after.isEmpty() ? 0 : Math.max(0, Integer.parseInt(after));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("after: \"" + after + "\"; accepted: what the page before said", e);
        }
    }
}

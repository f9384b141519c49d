package org.vinestock.store.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.vinestock.model.VinestockException;

/** Writes that are of one transaction, whatever else is in it. */
final class TogetherWrite implements Write {
    private final List<Write> parts;
    private final CompletableFuture<Void> stage = new CompletableFuture<>();

    TogetherWrite(List<Write> parts) {
        this.parts = List.copyOf(parts);
    }

    CompletableFuture<Void> stage() {
        return stage;
    }

    @Override
    public void add(Batches batches) throws SQLException {
        for (Write part : parts) {
            part.add(batches);
        }
    }

    @Override
    public void done() {
        parts.forEach(Write::done);
        stage.complete(null);
    }

    @Override
    public void failed(VinestockException because) {
        parts.forEach(part -> part.failed(because));
        stage.completeExceptionally(because);
    }
}

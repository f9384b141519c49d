package org.vinestock.store.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.vinestock.journal.Line;
import org.vinestock.model.VinestockException;

/** Writes a line of a stream, forgets lines, or both. */
final class LineWrite implements Write {
    private final String stream;
    private final @Nullable Line line;
    private final long[] forgotten;
    private final long newest;
    private final CompletableFuture<Long> stage = new CompletableFuture<>();

    /**
     * Makes one.
     *
     * @param line what is appended; null = nothing
     * @param forgotten the numbers of lines that are forgotten
     * @param newest the newest number
     */
    LineWrite(String stream, @Nullable Line line, long[] forgotten, long newest) {
        this.stream = stream;
        this.line = line;
        this.forgotten = forgotten;
        this.newest = newest;
    }

    CompletableFuture<Long> stage() {
        return stage;
    }

    @Override
    public void add(Batches batches) throws SQLException {
        if (line != null) {
            PreparedStatement row =
                    batches.row("insert into line (number, stream, about, at, text) values (?, ?, ?, ?, ?)");
            row.setLong(1, line.number());
            row.setString(2, stream);
            row.setString(3, line.key());
            row.setObject(4, line.at().atOffset(ZoneOffset.UTC));
            row.setString(5, line.text());
            row.addBatch();
        }
        if (forgotten.length > 0) {
            PreparedStatement row = batches.lastRow("delete from line where number = ?");
            for (long number : forgotten) {
                row.setLong(1, number);
                row.addBatch();
            }
        }
    }

    @Override
    public void done() {
        stage.complete(newest);
    }

    @Override
    public void failed(VinestockException because) {
        stage.completeExceptionally(because);
    }
}

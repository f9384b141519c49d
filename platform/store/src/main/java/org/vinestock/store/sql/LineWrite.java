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
    private final String key;
    private final @Nullable Line line;
    private final long forgetUpTo;
    private final CompletableFuture<Long> stage = new CompletableFuture<>();

    /**
     * Makes one.
     *
     * @param line what is appended; null = nothing
     * @param forgetUpTo the number up to which lines about {@code key} are forgotten; 0 = none
     */
    LineWrite(String stream, String key, @Nullable Line line, long forgetUpTo) {
        this.stream = stream;
        this.key = key;
        this.line = line;
        this.forgetUpTo = forgetUpTo;
    }

    CompletableFuture<Long> stage() {
        return stage;
    }

    @Override
    public void add(Batches batches) throws SQLException {
        if (line != null) {
            PreparedStatement row =
                    batches.row("insert into line (stream, number, at, about, text) values (?, ?, ?, ?, ?)");
            row.setString(1, stream);
            row.setLong(2, line.number());
            row.setObject(3, line.at().atOffset(ZoneOffset.UTC));
            row.setString(4, key);
            row.setString(5, line.text());
            row.addBatch();
        }
        if (forgetUpTo > 0) {
            PreparedStatement row = batches.row("delete from line where stream = ? and about = ? and number <= ?");
            row.setString(1, stream);
            row.setString(2, key);
            row.setLong(3, forgetUpTo);
            row.addBatch();
        }
    }

    @Override
    public void done() {
        stage.complete(line == null ? forgetUpTo : line.number());
    }

    @Override
    public void failed(VinestockException because) {
        stage.completeExceptionally(because);
    }
}

package org.vinestock.store.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.vinestock.inventory.Change;
import org.vinestock.inventory.Commit;
import org.vinestock.model.Kind;
import org.vinestock.model.VinestockException;
import org.vinestock.store.snapshot.SiteSnapshot;

/** Writes the changes of one revision. */
final class RevisionWrite implements Write {
    private final SiteSnapshot after;
    private final List<Change> changes;
    private final RowCodec codec;
    private final Kinds kinds;
    private final Committed committed;
    private final CompletableFuture<Commit> stage = new CompletableFuture<>();

    /** Is told that a site is durable, and how many changes made it. */
    @FunctionalInterface
    interface Committed {
        void committed(SiteSnapshot site, int changes);
    }

    /** {@code committed} is told when {@code after} is durable, before the stage completes. */
    RevisionWrite(SiteSnapshot after, List<Change> changes, RowCodec codec, Kinds kinds, Committed committed) {
        this.after = after;
        this.changes = changes;
        this.codec = codec;
        this.kinds = kinds;
        this.committed = committed;
    }

    CompletableFuture<Commit> stage() {
        return stage;
    }

    @Override
    public void add(Batches batches) throws SQLException {
        for (Change change : changes) {
            if (kinds.note(change.kind())) {
                note(change.kind(), batches);
            }
        }
        PreparedStatement row =
                batches.row("insert into change (id, kind, object_kind, object, body) values (?, ?, ?, ?, ?)");
        for (int place = 0; place < changes.size(); place++) {
            Change change = changes.get(place);
            row.setLong(1, ChangeKey.of(after.ref().revision(), place));
            row.setString(2, change.kind().name());
            row.setString(3, change.id().kind());
            row.setString(4, change.id().value());
            row.setString(5, change instanceof Change.Put<?> put ? codec.write(put.value()) : null);
            row.addBatch();
        }
    }

    private static void note(Kind<?> kind, Batches batches) throws SQLException {
        PreparedStatement former = batches.row("delete from kind where name = ?");
        former.setString(1, kind.name());
        former.addBatch();
        PreparedStatement row = batches.row("insert into kind (name, class) values (?, ?)");
        row.setString(1, kind.name());
        row.setString(2, kind.type().getName());
        row.addBatch();
    }

    @Override
    public void done() {
        committed.committed(after, changes.size());
        stage.complete(new Commit.Done(after.ref().revision()));
    }

    @Override
    public void failed(VinestockException because) {
        stage.completeExceptionally(because);
    }
}

package org.vinestock.store.live;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vinestock.backup.StateFiles;

/** A store without files in the home, which says where it is. */
record FilesElsewhere(String note) implements StateFiles {
    @Override
    public String name() {
        return "site";
    }

    @Override
    public CompletionStage<String> copy(Path folder) {
        return CompletableFuture.completedStage(note);
    }
}

package org.vinestock.simulation.fault;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.vinestock.journal.Archive;
import org.vinestock.journal.ArchiveEntry;
import org.vinestock.journal.ArchiveState;
import org.vinestock.journal.Archives;
import org.vinestock.journal.Keeping;
import org.vinestock.journal.Line;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;

/** Archives that now and then lose a line. */
record LossyArchives(Archives archives) implements Archives {
    private static final int EVERY = 10;

    @Override
    public Archive open(String stream, Keeping keeping) {
        return new Lossy(archives.open(stream, keeping));
    }

    @Override
    public String trouble() {
        return archives.trouble();
    }

    @Override
    public Cancellable onTrouble(Lane lane, Runnable wake) {
        return archives.onTrouble(lane, wake);
    }

    private static final class Lossy implements Archive {
        private final Archive archive;
        private int given;

        Lossy(Archive archive) {
            this.archive = archive;
        }

        @Override
        public void append(ArchiveEntry entry) {
            if (++given % EVERY != 0) {
                archive.append(entry);
            }
        }

        @Override
        public CompletionStage<List<Line>> range(long first, long last, int limit) {
            return archive.range(first, last, limit);
        }

        @Override
        public CompletionStage<List<Line>> before(long number, int limit) {
            return archive.before(number, limit);
        }

        @Override
        public CompletionStage<List<Line>> about(String key, long number, int limit) {
            return archive.about(key, number, limit);
        }

        @Override
        public ArchiveState state() {
            return archive.state();
        }
    }
}

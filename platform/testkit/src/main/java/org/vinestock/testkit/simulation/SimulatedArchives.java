package org.vinestock.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.vinestock.journal.Archive;
import org.vinestock.journal.ArchiveEntry;
import org.vinestock.journal.ArchiveState;
import org.vinestock.journal.Archives;
import org.vinestock.journal.Keeping;
import org.vinestock.journal.Line;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/**
 * Archives on a simulated disk: what is given is durable when the pause of real ones is over. When the process dies, what
 * waits is gone; nothing else ever is.
 */
final class SimulatedArchives implements Archives {
    private static final Duration PAUSE = Duration.ofMillis(PAUSE_MILLIS);

    private final Scheduler scheduler;
    private final SimulatedDisk disk;
    private final Lane lane;
    private final List<Runnable> waiting = new ArrayList<>();

    SimulatedArchives(Scheduler scheduler, SimulatedDisk disk) {
        this.scheduler = scheduler;
        this.disk = disk;
        lane = scheduler.lane("simulated archives");
    }

    private void later(Runnable write) {
        waiting.add(write);
        if (waiting.size() == 1) {
            scheduler.after(PAUSE, lane, () -> {
                waiting.forEach(Runnable::run);
                waiting.clear();
            });
        }
    }

    @Override
    public Archive open(String stream, Keeping keeping) {
        return new Stream(disk.archive(stream));
    }

    @Override
    public String trouble() {
        return "";
    }

    @Override
    public Cancellable onTrouble(Lane on, Runnable wake) {
        return () -> {};
    }

    private final class Stream implements Archive {
        private final List<Line> lines;

        Stream(List<Line> lines) {
            this.lines = lines;
        }

        @Override
        public void append(ArchiveEntry entry) {
            later(() -> lines.add(new Line(
                    entry.number(), entry.at(), entry.key(), entry.text().get())));
        }

        @Override
        public CompletionStage<List<Line>> range(long first, long last, int limit) {
            return some(line -> line.number() >= first && line.number() <= last, limit, BY_NUMBER);
        }

        @Override
        public CompletionStage<List<Line>> before(long number, int limit) {
            return some(line -> line.number() < number, limit, BY_NUMBER.reversed());
        }

        @Override
        public CompletionStage<List<Line>> about(String key, long number, int limit) {
            return some(line -> line.key().equals(key) && line.number() < number, limit, BY_NUMBER.reversed());
        }

        private CompletionStage<List<Line>> some(Predicate<Line> wanted, int limit, Comparator<Line> order) {
            return CompletableFuture.completedFuture(
                    lines.stream().filter(wanted).sorted(order).limit(limit).toList());
        }

        @Override
        public ArchiveState state() {
            long oldest = lines.stream().mapToLong(Line::number).min().orElse(0);
            long newest = lines.stream().mapToLong(Line::number).max().orElse(0);
            return new ArchiveState(true, oldest, newest, lines.size(), 0, 0, 0);
        }
    }

    private static final Comparator<Line> BY_NUMBER = Comparator.comparingLong(Line::number);
}

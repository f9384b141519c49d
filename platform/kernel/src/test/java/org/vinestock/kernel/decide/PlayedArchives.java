package org.vinestock.kernel.decide;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.vinestock.journal.Archive;
import org.vinestock.journal.ArchiveEntry;
import org.vinestock.journal.ArchiveState;
import org.vinestock.journal.Archives;
import org.vinestock.journal.Keeping;
import org.vinestock.journal.Line;
import org.vinestock.kernel.turn.DecisionError;
import org.vinestock.model.VinestockException;
import org.vinestock.time.Cancellable;
import org.vinestock.time.Lane;
import org.vinestock.time.Scheduler;

/** Archives in simulated time that outlive their site: what was given is durable some milliseconds later. */
final class PlayedArchives implements Archives {
    static final Keeping ALL = new Keeping(Duration.ofDays(1), Long.MAX_VALUE);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Map<String, Stream> streams = new TreeMap<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private String trouble = "";
    private @Nullable Scheduler scheduler;

    /** A site begins with them; what a former one gave and was not durable yet is lost. */
    void runOn(Scheduler site) {
        scheduler = site;
    }

    void trouble(String now) {
        trouble = now;
        listeners.forEach(Runnable::run);
    }

    void forget(long number) {
        streams.values().forEach(stream -> stream.durable.removeIf(line -> line.number() == number));
    }

    @Override
    public Archive open(String stream, Keeping keeping) {
        return streams.computeIfAbsent(stream, any -> new Stream());
    }

    @Override
    public String trouble() {
        return trouble;
    }

    @Override
    public Cancellable onTrouble(Lane lane, Runnable wake) {
        listeners.add(() -> lane.execute(wake));
        return () -> {};
    }

    private final class Stream implements Archive {
        private final List<Line> durable = new ArrayList<>();

        @Override
        public void append(ArchiveEntry entry) {
            Scheduler now = scheduler;
            if (now == null) {
                throw new IllegalStateException("no site runs");
            }
            now.after(
                    PAUSE,
                    now.lane("archives"),
                    () -> durable.add(new Line(
                            entry.number(),
                            entry.at(),
                            entry.key(),
                            entry.text().get())));
        }

        @Override
        public CompletionStage<List<Line>> range(long first, long last, int limit) {
            return some(line -> line.number() >= first && line.number() <= last, limit, true);
        }

        @Override
        public CompletionStage<List<Line>> before(long number, int limit) {
            return some(line -> line.number() < number, limit, false);
        }

        @Override
        public CompletionStage<List<Line>> about(String key, long number, int limit) {
            return some(line -> line.key().equals(key) && line.number() < number, limit, false);
        }

        private CompletionStage<List<Line>> some(Predicate<Line> wanted, int limit, boolean up) {
            if (limit < 1) {
                throw new IllegalArgumentException("limit " + limit + "; accepted: 1 or more");
            }
            if (!trouble.isEmpty()) {
                return CompletableFuture.failedFuture(new VinestockException(DecisionError.DECISION_FAILED, trouble));
            }
            Comparator<Line> order = Comparator.comparingLong(Line::number);
            return CompletableFuture.completedFuture(durable.stream()
                    .filter(wanted)
                    .sorted(up ? order : order.reversed())
                    .limit(limit)
                    .toList());
        }

        @Override
        public ArchiveState state() {
            long oldest = durable.stream().mapToLong(Line::number).min().orElse(0);
            long newest = durable.stream().mapToLong(Line::number).max().orElse(0);
            return new ArchiveState(true, oldest, newest, durable.size(), 0, 0, 0);
        }
    }
}

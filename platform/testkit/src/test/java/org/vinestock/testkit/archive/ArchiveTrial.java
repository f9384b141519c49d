package org.vinestock.testkit.archive;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.vinestock.journal.Archive;
import org.vinestock.journal.ArchiveEntry;
import org.vinestock.journal.Keeping;
import org.vinestock.journal.Line;
import org.vinestock.store.archive.ArchiveSettings;
import org.vinestock.store.archive.SqlArchives;

/** Archives under test, with small blocks. */
final class ArchiveTrial implements AutoCloseable {
    static final ArchiveSettings SMALL =
            new ArchiveSettings(Duration.ofMillis(1), 8, 2_000, 4, 100, Duration.ofMillis(5));
    static final Keeping ALL = new Keeping(Duration.ofDays(30), 1L << 40);
    static final Instant TIME = Instant.parse("2026-11-20T14:02:00.123456Z");
    private static final long SECONDS = 20;

    final SqlArchives archives;
    final Archive archive;

    ArchiveTrial(DataSource source) {
        this(source, ALL, InstantSource.fixed(TIME));
    }

    ArchiveTrial(DataSource source, Keeping keeping, InstantSource clock) {
        archives = new SqlArchives(source, null, SMALL, clock);
        archives.start();
        archive = archives.open("decision", keeping);
        await("it is open", () -> archive.state().known());
    }

    /** Gives lines, each about {@code about-N} of ten objects, and waits until they are durable. */
    void append(int from, int to) {
        long before = archive.state().lines();
        for (int number = from; number <= to; number++) {
            append(number);
        }
        await("all is written", () -> archive.state().lines() >= before + to - from + 1);
    }

    void append(int number) {
        archive.append(new ArchiveEntry(number, TIME.plusSeconds(number), key(number), number, () -> text(number)));
    }

    static String key(int number) {
        return "about-" + number % 10;
    }

    static String text(int number) {
        return "{\"number\":" + number + ",\"words\":\"grün\\n\"}";
    }

    static List<Long> numbers(List<Line> lines) {
        return lines.stream().map(Line::number).toList();
    }

    <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static void await(String what, BooleanSupplier reached) {
        Clock clock = Clock.systemUTC();
        Instant until = clock.instant().plusSeconds(SECONDS);
        while (!reached.getAsBoolean()) {
            if (clock.instant().isAfter(until)) {
                throw new AssertionError("not within " + SECONDS + " s: " + what);
            }
            LockSupport.parkNanos(100_000); // others need the processors
        }
    }

    @Override
    public void close() {
        archives.close();
    }
}

package org.vinestock.kernel.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.vinestock.journal.Archive;
import org.vinestock.journal.ArchiveEntry;
import org.vinestock.journal.ArchiveState;
import org.vinestock.journal.Archives;
import org.vinestock.journal.Keeping;
import org.vinestock.journal.Line;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.ledger.StoredDecision.Joined;
import org.vinestock.kernel.ledger.StoredDecision.JoinedWritten;
import org.vinestock.view.Codec;

/**
 * Keeps decisions beyond the process: rows in one stream by their numbers, and in a second one what joined a row after it
 * was written. Any thread.
 */
public final class LedgerArchive {
    private static final String ROWS = "decision";
    private static final String JOINED = "decision.joined";
    private static final int MOST_JOINED = 20;
    private static final int COUNTED = 2_000;

    private final Archives archives;
    private final Archive rows;
    private final Archive joined;
    private final Codec codec = new JsonCodec();
    private final Executor lane;

    /**
     * Opens it.
     *
     * @param lane where what is read is put together
     */
    public LedgerArchive(Archives archives, Keeping keeping, Executor lane) {
        this.archives = archives;
        this.lane = lane;
        rows = archives.open(ROWS, keeping);
        joined = archives.open(JOINED, keeping);
    }

    /** Where it is kept; for who wants to know of its troubles. */
    public Archives archives() {
        return archives;
    }

    /** What is kept of rows. */
    public ArchiveState state() {
        return rows.state();
    }

    /** What is kept of what joined them later. */
    public ArchiveState joinedState() {
        return joined.state();
    }

    void keep(LedgerRow<?, ?, ?> row) {
        rows.append(entry(row, row.askedAt(), row.state().revision(), () -> text(row)));
    }

    private <Q extends Record, A, O extends Record> String text(LedgerRow<Q, A, O> row) {
        return codec.write(row.kept(StoredDecision.Written::of));
    }

    <A> void joined(LedgerRow<?, A, ?> row, ShadowAnswer<A> shadow) {
        JoinedWritten written = new JoinedWritten(shadow, null, null);
        joined.append(entry(row, row.askedAt(), ArchiveEntry.NO_REVISION, () -> codec.write(written)));
    }

    <O extends Record> void ended(LedgerRow<?, ?, O> row, O outcome, Instant at) {
        JoinedWritten written = new JoinedWritten(null, outcome, at);
        joined.append(entry(row, row.askedAt(), ArchiveEntry.NO_REVISION, () -> codec.write(written)));
    }

    private static ArchiveEntry entry(LedgerRow<?, ?, ?> row, Instant at, long revision, Supplier<String> text) {
        return new ArchiveEntry(row.id().number(), at, key(row.subject().value()), revision, text);
    }

    private static String key(String subject) {
        return subject.isEmpty() ? "-" : subject.substring(0, Math.min(200, subject.length()));
    }

    /** A decision with its number and its time. */
    public record Found(long number, Instant at, StoredDecision decision) {}

    /** The decisions with a number above one, oldest first. */
    public CompletionStage<List<Found>> after(long number, int limit) {
        return withJoined(rows.after(number, limit), this::put);
    }

    /** The decisions with a number below one, newest first. */
    public CompletionStage<List<Found>> before(long number, int limit) {
        return withJoined(rows.before(number, limit), this::put);
    }

    /** The number behind which the last decisions of a point are. */
    public CompletionStage<Long> behind(String point, int last) {
        return behind(StoredDecision.begin(point), Long.MAX_VALUE, last);
    }

    private CompletionStage<Long> behind(String begin, long below, int last) {
        return rows.before(below, COUNTED)
                .thenComposeAsync(
                        lines -> {
                            int left = last;
                            for (Line line : lines) {
                                left -= line.text().startsWith(begin) ? 1 : 0;
                                if (left == 0) {
                                    return CompletableFuture.completedFuture(line.number() - 1);
                                }
                            }
                            return lines.size() < COUNTED
                                    ? CompletableFuture.completedFuture(0L)
                                    : behind(begin, lines.get(lines.size() - 1).number(), left);
                        },
                        lane);
    }

    /** The decisions about a subject with a number below one, newest first. */
    public CompletionStage<List<Found>> about(String subject, long number, int limit) {
        String key = key(subject);
        return rows.about(key, number, limit)
                .thenComposeAsync(
                        found -> joined.about(key, number, MOST_JOINED * Math.max(1, found.size()))
                                .thenApplyAsync(later -> put(found, later), lane),
                        lane);
    }

    /** A question with its decision's number and time. */
    public record Asked(long number, Instant at, StoredQuestion question) {}

    /** What was asked by the decisions with a number above one, oldest first. */
    public CompletionStage<List<Asked>> asked(long number, int limit) {
        return withJoined(rows.after(number, limit), this::questions);
    }

    private interface Join<T> {
        List<T> put(List<Line> lines, List<Line> later);
    }

    /** Adds what joined later to rows that lie side by side. */
    private <T> CompletionStage<List<T>> withJoined(CompletionStage<List<Line>> lines, Join<T> join) {
        return lines.thenComposeAsync(
                found -> {
                    long first = found.stream().mapToLong(Line::number).min().orElse(1);
                    long last = found.stream().mapToLong(Line::number).max().orElse(0);
                    return joined.range(first, last, MOST_JOINED * Math.max(1, found.size()))
                            .thenApplyAsync(later -> join.put(found, later), lane);
                },
                lane);
    }

    private static Map<Long, List<Line>> byNumber(List<Line> later) {
        Map<Long, List<Line>> byNumber = new TreeMap<>();
        for (Line line : later) {
            byNumber.computeIfAbsent(line.number(), any -> new ArrayList<>()).add(line);
        }
        return byNumber;
    }

    private List<Asked> questions(List<Line> lines, List<Line> later) {
        Map<Long, List<Line>> byNumber = byNumber(later);
        Map<Long, Asked> found = new LinkedHashMap<>();
        for (Line line : lines) {
            StoredQuestion question = codec.read(line.text(), StoredQuestion.class);
            for (Line more : byNumber.getOrDefault(line.number(), List.of())) {
                question = question.with(codec.read(more.text(), StoredQuestion.Ended.class));
            }
            found.put(line.number(), new Asked(line.number(), line.at(), question));
        }
        return List.copyOf(found.values());
    }

    private List<Found> put(List<Line> lines, List<Line> later) {
        Map<Long, List<Line>> byNumber = byNumber(later);
        Map<Long, Found> found = new LinkedHashMap<>(); // a line written twice counts once
        for (Line line : lines) {
            StoredDecision decision = codec.read(line.text(), StoredDecision.class);
            for (Line more : byNumber.getOrDefault(line.number(), List.of())) {
                decision = decision.with(codec.read(more.text(), Joined.class));
            }
            found.put(line.number(), new Found(line.number(), line.at(), decision));
        }
        return List.copyOf(found.values());
    }
}

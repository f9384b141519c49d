package org.vinestock.kernel.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.vinestock.decision.Decision;
import org.vinestock.decision.DecisionPoint;
import org.vinestock.kernel.json.JsonCodec;
import org.vinestock.kernel.ledger.LedgerArchive.Found;
import org.vinestock.model.ObjectId;

/**
 * All decisions that are known: the newest from memory, older ones and those of earlier processes from the archive. Any
 * thread; stages complete on {@code lane}, and fail if the archive's database does not answer and memory does not have it.
 */
public final class LedgerHistory {
    /** How many are looked at for a page of those that are wanted. */
    private static final int LOOKED_AT = 1_000;
    /** How many of one subject are looked at for one that has an answer. */
    private static final int OF_ONE = 64;

    private final Ledger ledger;
    private final Afterwards afterwards;
    private final @Nullable LedgerArchive archive;
    private final StoredRows stored;
    private final Executor lane;

    /**
     * Makes one.
     *
     * @param archive null: there are no decisions but those in memory
     * @param points finds a point by its name, if its area is there
     */
    public LedgerHistory(
            Ledger ledger,
            Afterwards afterwards,
            @Nullable LedgerArchive archive,
            Function<String, Optional<DecisionPoint<?, ?, ?>>> points,
            Executor lane) {
        this.ledger = ledger;
        this.afterwards = afterwards;
        this.archive = archive;
        this.stored = new StoredRows(new JsonCodec(), points);
        this.lane = lane;
    }

    /** The decision of a number. */
    public CompletionStage<Optional<Remembered>> find(long number) {
        return first(
                () -> ledger.find(number).map(Remembered::of),
                kept -> kept.after(number - 1, 1)
                        .thenApplyAsync(
                                found -> newest(found)
                                        .filter(one -> one.line().id().number() == number),
                                lane));
    }

    /** The newest decision about a subject, named by its value, or else the one of a number; 0 = none. */
    public CompletionStage<Optional<Remembered>> named(String subject, long number) {
        return first(
                () -> ledger.newestAbout(subject).or(() -> ledger.find(number)).map(Remembered::of),
                kept -> kept.about(subject, Long.MAX_VALUE, 1)
                        .thenComposeAsync(
                                about -> about.isEmpty() && number > 0
                                        ? find(number)
                                        : CompletableFuture.completedFuture(newest(about)),
                                lane));
    }

    private Optional<Remembered> newest(List<Found> found) {
        return found.stream().findFirst().map(stored::remembered);
    }

    /** The newest decision of a point about a subject that has an answer and can be read. */
    public <Q extends Record, A, O extends Record> CompletionStage<Optional<LedgerRow<Q, A, O>>> newestAnswer(
            DecisionPoint<Q, A, O> point, ObjectId subject) {
        return first(
                () -> ledger.newestAnswer(point, subject),
                kept -> kept.about(subject.value(), Long.MAX_VALUE, OF_ONE)
                        .thenApplyAsync(found -> answer(found, point, subject), lane));
    }

    private <Q extends Record, A, O extends Record> Optional<LedgerRow<Q, A, O>> answer(
            List<Found> found, DecisionPoint<Q, A, O> point, ObjectId subject) {
        return found.stream()
                .filter(one -> one.decision().point().equals(point.name())
                        && one.decision().answer() != null
                        && one.decision().subject().kind().equals(subject.kind()))
                .findFirst()
                .map(one -> stored.row(point, one));
    }

    private interface InMemory<T> {
        Optional<T> look();
    }

    private interface InArchive<T> {
        CompletionStage<Optional<T>> look(LedgerArchive archive);
    }

    private <T> CompletionStage<Optional<T>> first(InMemory<T> memory, InArchive<T> kept) {
        CompletableFuture<Optional<T>> looked = new CompletableFuture<>();
        afterwards.now(() -> {
            try {
                looked.complete(memory.look());
            } catch (RuntimeException e) {
                looked.completeExceptionally(e);
            }
        });
        return looked.thenComposeAsync(
                found -> found.isPresent() || archive == null
                        ? CompletableFuture.completedFuture(found)
                        : kept.look(archive),
                lane);
    }

    /**
     * Some decisions, newest first.
     *
     * @param next the number below which to go on; 0 = there are no more
     */
    public record Some(List<Remembered> decisions, long next) {}

    /** The decisions below a number that are wanted, newest first; perhaps fewer than {@code limit} although there are more. */
    public CompletionStage<Some> before(
            long number, @Nullable String subject, Predicate<Remembered> wanted, int limit) {
        CompletableFuture<Some> looked = new CompletableFuture<>();
        afterwards.now(() -> looked.complete(inMemory(number, wanted, limit)));
        return looked.thenComposeAsync(
                some -> {
                    if (archive != null && some.decisions().size() < limit) {
                        return older(archive, some, subject, wanted, limit);
                    }
                    boolean all = archive == null && some.next() <= ledger.oldestHeld();
                    return CompletableFuture.completedFuture(all ? new Some(some.decisions(), 0) : some);
                },
                lane);
    }

    private Some inMemory(long before, Predicate<Remembered> wanted, int limit) {
        List<Remembered> found = new ArrayList<>();
        long oldest = ledger.oldestHeld();
        if (oldest == 0 || before <= oldest) {
            return new Some(found, before);
        }
        long number = Math.min(before, ledger.newest() + 1) - 1;
        for (; number >= oldest && found.size() < limit; number--) {
            ledger.find(number).map(Remembered::of).filter(wanted).ifPresent(found::add);
        }
        return new Some(found, number + 1);
    }

    private CompletionStage<Some> older(
            LedgerArchive kept, Some newer, @Nullable String subject, Predicate<Remembered> wanted, int limit) {
        int asked = Math.max(limit, LOOKED_AT);
        CompletionStage<List<Found>> some =
                subject == null ? kept.before(newer.next(), asked) : kept.about(subject, newer.next(), asked);
        return some.thenApplyAsync(
                found -> {
                    List<Remembered> all = new ArrayList<>(newer.decisions());
                    long next = newer.next();
                    for (Found one : found) {
                        if (all.size() == limit) {
                            return new Some(all, next);
                        }
                        Remembered decision = stored.remembered(one);
                        if (wanted.test(decision)) {
                            all.add(decision);
                        }
                        next = one.number();
                    }
                    return new Some(all, found.size() < asked ? 0 : next);
                },
                lane);
    }

    /** Some decisions with all that was recorded, from one number on, oldest first; those on disk if there is one. */
    public CompletionStage<List<Exported>> export(long first, int limit) {
        if (archive != null) {
            return archive.after(first - 1, limit)
                    .thenApplyAsync(found -> found.stream().map(Exported::of).toList(), lane);
        }
        CompletableFuture<List<Exported>> exported = new CompletableFuture<>();
        afterwards.now(() -> exported.complete(ledger.rowsAfter(first - 1, limit).stream()
                .<Exported>map(Exported::of)
                .toList()));
        return exported;
    }

    /** What was reserved later for the same subject at the same point, newest first, at most {@code limit}. */
    public CompletionStage<List<Remembered>> after(Remembered decision, int limit) {
        return before(Long.MAX_VALUE, decision.line().subject(), other -> supersedes(other, decision), limit)
                .thenApplyAsync(Some::decisions, lane);
    }

    private static boolean supersedes(Remembered later, Remembered decision) {
        LedgerRow<?, ?, ?> row = later.row();
        return later.line().id().number() > decision.line().id().number()
                && later.line().subject().equals(decision.line().subject())
                && later.line().point().equals(decision.line().point())
                && row != null
                && row.reservedAt() != Decision.NOTHING_RESERVED;
    }

    /** The number of the newest decision; 0 = none is known. */
    public long newest() {
        return Math.max(ledger.newest(), archive == null ? 0 : archive.state().newest());
    }

    /** The nearest decisions below and above a number; null where there is none. */
    public record Neighbours(
            @Nullable Remembered below, @Nullable Remembered above) {}

    /** Looks for what is around a number that is missing. */
    public CompletionStage<Neighbours> around(long number) {
        CompletionStage<@Nullable Remembered> above = above(number);
        return before(number, null, any -> true, 1)
                .thenCombineAsync(
                        above,
                        (some, next) -> new Neighbours(
                                some.decisions().isEmpty()
                                        ? null
                                        : some.decisions().get(0),
                                next),
                        lane);
    }

    private CompletionStage<@Nullable Remembered> above(long number) {
        CompletionStage<List<Found>> kept =
                archive == null ? CompletableFuture.completedFuture(List.of()) : archive.after(number, 1);
        return kept.thenApplyAsync(
                found -> newest(found)
                        .orElseGet(() -> ledger.rowsAfter(number, 1).stream()
                                .findFirst()
                                .<Remembered>map(Remembered::of)
                                .orElse(null)),
                lane);
    }
}

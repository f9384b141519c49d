package org.vinestock.store.archive;

import java.lang.ref.SoftReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vinestock.journal.Archive;
import org.vinestock.journal.ArchiveEntry;
import org.vinestock.journal.ArchiveState;
import org.vinestock.journal.Keeping;
import org.vinestock.journal.Line;
import org.vinestock.store.archive.BlockTables.Missing;

/**
 * One stream. What is given waits with its {@link SqlArchives}, whose thread calls {@link #load}, {@link #take}, {@link
 * #write} and {@link #written}; reading happens on the readers' thread.
 */
final class SqlArchive implements Archive {
    private static final Comparator<Line> BY_NUMBER = Comparator.comparingLong(Line::number);
    private static final int KEYS_AT_ONCE = 64;
    private static final int MOST_TRIES = 5;

    private final String stream;
    private final SqlArchives owner;
    private final ArchiveSettings settings;
    private final AtomicLong forgotten = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private volatile Keeping keeping;
    private volatile @Nullable BlockIndex index;
    /** Complete when it is known which blocks there are, or that the database does not answer. */
    private final CompletableFuture<Void> looked = new CompletableFuture<>();
    /** Held while what is kept and what is forgotten change together. */
    private final Object counts = new Object();

    /** Of the readers' thread: who reads page by page begins with the block in which the page before ended. */
    private SoftReference<Unpacked> last = new SoftReference<>(null);

    // What follows belongs to the archives' thread.
    private final List<Text> taken = new ArrayList<>();
    private final List<Block> added = new ArrayList<>();
    private final List<Block> removed = new ArrayList<>();
    private long forgetting;
    private @Nullable Missing recorded;

    /** The lines of a block. */
    private record Unpacked(long id, List<Line> lines) {}

    /** A line and the revision that it needs. */
    private record Text(Line line, long revision) {}

    SqlArchive(String stream, SqlArchives owner, ArchiveSettings settings, Keeping keeping) {
        this.stream = stream;
        this.owner = owner;
        this.settings = settings;
        this.keeping = keeping;
    }

    void keep(Keeping changed) {
        keeping = changed;
    }

    String stream() {
        return stream;
    }

    @Override
    public void append(ArchiveEntry entry) {
        if (!owner.give(this, entry)) {
            dropped.incrementAndGet();
        }
    }

    /** Counts one that will not be written. */
    void dropped() {
        dropped.incrementAndGet();
    }

    @Override
    public ArchiveState state() {
        synchronized (counts) {
            BlockIndex known = index;
            return known == null
                    ? new ArchiveState(false, 0, 0, 0, 0, forgotten.get(), dropped.get())
                    : new ArchiveState(
                            true,
                            known.lowest(),
                            known.highest(),
                            known.lines(),
                            known.bytes(),
                            forgotten.get(),
                            dropped.get());
        }
    }

    /** The oldest revision that a line needs; 0 if that is not known yet. */
    long revision() {
        BlockIndex known = index;
        return known == null ? 0 : known.revision();
    }

    // ---- writing ----

    /** Reads which blocks there are; again after a failure, for nobody knows what became of the transaction. */
    void load(Connection connection) throws SQLException {
        added.clear();
        removed.clear();
        forgetting = 0;
        Missing kept = BlockTables.missing(connection, stream);
        if (recorded == null) {
            forgotten.addAndGet(kept.forgotten());
            dropped.addAndGet(kept.dropped());
        }
        recorded = kept;
        index = new BlockIndex(BlockTables.blocks(connection, stream)); // last: now it is known
        looked();
    }

    /** Whoever reads need not wait any longer. */
    void looked() {
        looked.complete(null);
    }

    boolean loaded() {
        return index != null;
    }

    /** Takes a line over, to be written. */
    void take(Line line, long revision) {
        taken.add(new Text(line, revision));
    }

    /** Writes what was taken, makes one of many small blocks, and forgets what is outdated. */
    void write(Connection connection, Instant now, long firstRevision) throws SQLException {
        BlockIndex known = index();
        taken.sort(Comparator.comparing(Text::line, BY_NUMBER));
        for (List<Text> part : parts(taken)) {
            added.add(add(connection, part, part.size() >= settings.lines() / 2));
        }
        List<Block> small = new ArrayList<>(known.smallOnes());
        if (added.stream().noneMatch(Block::merged)) {
            small.addAll(added);
        }
        if (small.size() > 1 && isEnough(small)) {
            merge(connection, small);
        }
        List<Block> outdated = known.outdated(keeping, now, firstRevision);
        outdated.removeAll(removed);
        removed.addAll(outdated);
        BlockTables.remove(connection, removed);
        forgetting = outdated.stream().mapToLong(Block::lines).sum();
        Missing missing = new Missing(forgotten.get() + forgetting, dropped.get());
        if (!missing.equals(recorded)) {
            BlockTables.missing(connection, stream, missing);
            recorded = missing;
        }
    }

    private BlockIndex index() {
        BlockIndex known = index;
        if (known == null) {
            throw new IllegalStateException(stream + " was not loaded");
        }
        return known;
    }

    private boolean isEnough(List<Block> small) {
        return small.size() >= settings.small()
                || small.stream().mapToInt(Block::lines).sum() >= settings.lines();
    }

    private List<List<Text>> parts(List<Text> texts) {
        List<List<Text>> parts = new ArrayList<>();
        int from = 0;
        int characters = 0;
        for (int i = 0; i < texts.size(); i++) {
            int length = texts.get(i).line().text().length();
            if (i > from && (i - from == settings.lines() || characters + length > settings.characters())) {
                parts.add(texts.subList(from, i));
                from = i;
                characters = 0;
            }
            characters += length;
        }
        if (from < texts.size()) {
            parts.add(texts.subList(from, texts.size()));
        }
        return parts;
    }

    private Block add(Connection connection, List<Text> part, boolean whole) throws SQLException {
        List<Line> lines = part.stream().map(Text::line).toList();
        long oldest = part.stream().mapToLong(Text::revision).min().orElse(ArchiveEntry.NO_REVISION);
        return BlockTables.add(connection, stream, lines, oldest, whole);
    }

    private void merge(Connection connection, List<Block> small) throws SQLException {
        List<Text> all = new ArrayList<>();
        for (Block block : small) {
            List<Line> lines = BlockTables.lines(connection, block);
            for (Line line : lines == null ? List.<Line>of() : lines) {
                all.add(new Text(line, block.revision()));
            }
        }
        all.sort(Comparator.comparing(Text::line, BY_NUMBER));
        added.removeAll(small);
        for (List<Text> part : parts(all)) {
            added.add(add(connection, part, true));
        }
        removed.addAll(small);
    }

    /** What was written is durable. */
    void written() {
        synchronized (counts) {
            BlockIndex known = index();
            known.remove(removed);
            added.forEach(known::add);
            forgotten.addAndGet(forgetting);
        }
        forgetting = 0;
        added.clear();
        removed.clear();
        taken.clear();
    }

    /** Gives up what was taken: the process ends without a database. */
    void giveUp() {
        dropped.addAndGet(taken.size());
        taken.clear();
    }

    // ---- reading ----

    @Override
    public CompletionStage<List<Line>> range(long first, long last, int limit) {
        return read(connection -> {
            Gathered found = new Gathered(BY_NUMBER, limit);
            for (Block block : blocks(known -> known.from(first, last))) {
                if (found.fullBelow(block.lowest())) {
                    break;
                }
                found.add(lines(connection, block), line -> line.number() >= first && line.number() <= last);
            }
            return found.lines();
        });
    }

    @Override
    public CompletionStage<List<Line>> before(long number, int limit) {
        return read(connection -> {
            Gathered found = new Gathered(BY_NUMBER.reversed(), limit);
            for (Block block : blocks(known -> known.below(number))) {
                if (found.fullBelow(block.highest())) {
                    break;
                }
                found.add(lines(connection, block), line -> line.number() < number);
            }
            return found.lines();
        });
    }

    @Override
    public CompletionStage<List<Line>> about(String key, long number, int limit) {
        return read(connection -> about(connection, key, number, limit));
    }

    private List<Line> about(Connection connection, String key, long number, int limit) throws SQLException, BlockGone {
        Gathered found = new Gathered(BY_NUMBER.reversed(), limit);
        List<Block> blocks = blocks(known -> known.below(number));
        for (int from = 0; from < blocks.size(); from += KEYS_AT_ONCE) {
            List<Block> some = blocks.subList(from, Math.min(blocks.size(), from + KEYS_AT_ONCE));
            long low = some.stream().mapToLong(Block::id).min().orElse(0);
            long high = some.stream().mapToLong(Block::id).max().orElse(0);
            List<Long> ids = BlockTables.mayHave(connection, low, high, key);
            for (Block block : some) {
                if (found.fullBelow(block.highest())) {
                    return found.lines();
                }
                if (ids.contains(block.id())) {
                    found.add(
                            lines(connection, block),
                            line -> line.number() < number && line.key().equals(key));
                }
            }
        }
        return found.lines();
    }

    /** Looks at the index while nobody commits, so that it does not name blocks that are gone already. */
    private List<Block> blocks(Function<BlockIndex, List<Block>> look) {
        synchronized (owner.committing()) {
            BlockIndex known = index;
            return known == null ? List.of() : look.apply(known);
        }
    }

    private List<Line> lines(Connection connection, Block block) throws SQLException, BlockGone {
        Unpacked before = last.get();
        if (before != null && before.id() == block.id()) {
            return before.lines();
        }
        List<Line> lines = BlockTables.lines(connection, block);
        if (lines == null) {
            throw new BlockGone();
        }
        last = new SoftReference<>(new Unpacked(block.id(), lines));
        return lines;
    }

    /** A block was made part of a larger one, or forgotten, after the index was looked at. */
    private static final class BlockGone extends Exception {
        private static final long serialVersionUID = 1;
    }

    private interface Reading {
        List<Line> read(Connection connection) throws SQLException, BlockGone;
    }

    /** Reads when it is known what there is: right after a start that may not be so yet. */
    private CompletionStage<List<Line>> read(Reading reading) {
        return looked.thenComposeAsync(any -> owner.read(connection -> again(connection, reading)), Runnable::run);
    }

    /** Reads again if blocks went meanwhile; whoever is too slow for that at last keeps them from going. */
    private List<Line> again(Connection connection, Reading reading) throws SQLException {
        for (int i = 0; i < MOST_TRIES; i++) {
            try {
                return reading.read(connection);
            } catch (BlockGone e) {
                // The index is another one by now.
            }
        }
        synchronized (owner.committing()) {
            try {
                return reading.read(connection);
            } catch (BlockGone e) {
                throw new SQLException("a block of " + stream + " is missing that its index names", e);
            }
        }
    }
}

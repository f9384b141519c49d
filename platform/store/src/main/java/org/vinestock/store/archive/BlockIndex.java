package org.vinestock.store.archive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.vinestock.journal.ArchiveEntry;
import org.vinestock.journal.Keeping;

/**
 * The blocks of a stream, in the order in which they were written: some 70 bytes each in memory. Written by the archives'
 * thread, read by any.
 */
final class BlockIndex {
    private static final Comparator<Block> BY_LOWEST =
            Comparator.comparingLong(Block::lowest).thenComparingLong(Block::id);
    private static final Comparator<Block> BY_HIGHEST =
            Comparator.comparingLong(Block::highest).thenComparingLong(Block::id);

    private final List<Block> blocks;
    private long lines;
    private long bytes;

    BlockIndex(List<Block> blocks) {
        this.blocks = new ArrayList<>(blocks);
        for (Block block : blocks) {
            count(block, 1);
        }
    }

    private void count(Block block, int sign) {
        lines += (long) sign * block.lines();
        bytes += (long) sign * block.bytes();
    }

    synchronized void add(Block block) {
        blocks.add(block);
        count(block, 1);
    }

    /** Takes out those that are in it. */
    synchronized void remove(List<Block> gone) {
        for (Block block : gone) {
            if (blocks.remove(block)) {
                count(block, -1);
            }
        }
    }

    synchronized long lines() {
        return lines;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized long lowest() {
        return blocks.stream().mapToLong(Block::lowest).min().orElse(0);
    }

    synchronized long highest() {
        return blocks.stream().mapToLong(Block::highest).max().orElse(0);
    }

    /** The oldest revision that a line needs; {@link ArchiveEntry#NO_REVISION} = none does. */
    synchronized long revision() {
        return blocks.stream().mapToLong(Block::revision).min().orElse(ArchiveEntry.NO_REVISION);
    }

    /** Those with numbers between two, by their smallest. */
    synchronized List<Block> from(long first, long last) {
        return blocks.stream()
                .filter(block -> block.highest() >= first && block.lowest() <= last)
                .sorted(BY_LOWEST)
                .toList();
    }

    /** Those with numbers below one, by their largest, from the top. */
    synchronized List<Block> below(long number) {
        return blocks.stream()
                .filter(block -> block.lowest() < number)
                .sorted(BY_HIGHEST.reversed())
                .toList();
    }

    /** Those at the end that may become part of a larger one. */
    synchronized List<Block> smallOnes() {
        int first = blocks.size();
        while (first > 0 && !blocks.get(first - 1).merged()) {
            first--;
        }
        return List.copyOf(blocks.subList(first, blocks.size()));
    }

    /** Those that are not to be kept any more: too old, or beyond the bytes, or of forgotten revisions. */
    synchronized List<Block> outdated(Keeping keeping, Instant now, long firstRevision) {
        Instant first = now.minus(keeping.longest());
        long left = bytes;
        List<Block> outdated = new ArrayList<>();
        for (Block block : blocks) {
            if (left > keeping.bytes() || block.newestAt().isBefore(first) || block.revision() < firstRevision) {
                outdated.add(block);
                left -= block.bytes();
            }
        }
        return outdated;
    }
}
